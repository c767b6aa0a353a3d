# SPDX-License-Identifier: Apache-2.0
"""Texts fit, labels keep off the shapes, and a file without a diagram gets a layout in which nothing covers anything."""

from __future__ import annotations

from itertools import combinations

import attrs
import pytest

from egov_flow import bpmn
from egov_flow.diagrams import diagram
from egov_flow.diagrams._automatic import arrange
from egov_flow.diagrams._geometry import Box, crop, rounded
from egov_flow.diagrams._labels import Labels
from egov_flow.diagrams._text import fit, width, wrap


def test_a_line_is_never_wider_than_its_room():
    lines = wrap("Permohonan keberatan atas pemberitahuan tertulis Pejabat Pengelola Informasi", 90, 11)

    assert len(lines) > 1
    assert all(width(line, 11) <= 90 for line in lines)


def test_a_word_without_end_is_broken_and_nothing_of_it_is_lost():
    lines = wrap("x" * 200, 60, 11)

    assert "".join(lines) == "x" * 200
    assert all(width(line, 11) <= 60 for line in lines)


def test_a_text_that_cannot_fit_ends_with_an_ellipsis():
    lines, size = fit("word " * 400, 90, 60, 11)

    assert lines[-1].endswith("…")
    assert len(lines) * size <= 60


def test_a_short_text_keeps_its_size():
    assert fit("Register", 90, 60, 11) == (["Register"], 11)


def test_a_line_that_runs_into_a_gateway_is_cut_at_its_border():
    box = Box(0, 0, 50, 50)
    x, y = crop((25, 25), (125, 25), box, "diamond")

    assert (round(x, 2), y) == (50, 25)


def test_a_corner_is_rounded_without_moving_the_ends():
    path = rounded([(0, 0), (50, 0), (50, 50)])

    assert path.startswith("M0 0L44 0Q50 0 50 6")
    assert path.endswith("L50 50")


def test_a_label_avoids_shapes_lines_and_other_labels():
    labels = Labels(shapes=[Box(0, 0, 36, 36), Box(-40, 36, 80, 80)])
    labels.at_shape("Request received", Box(0, 0, 36, 36), None)
    labels.at_shape("Request received again", Box(0, 0, 36, 36), None)
    first, second = labels.placed

    assert all(first.overlap(s) == 0 for s in labels.shapes)
    assert first.overlap(second) == 0


@pytest.mark.parametrize("name", ["boundary_timer", "event_gateway", "exclusive", "loop", "parallel", "subprocess", "terminate"])
def test_a_file_without_a_diagram_is_laid_out_without_overlap(model, name):
    definitions = attrs.evolve(model(name), diagrams=())
    plane = arrange(definitions)
    holders = {n.id for n in definitions.nodes() if n.content is not None or n.kind == "boundaryEvent"}
    boxes = {s.element: Box.of(s.bounds) for s in plane.shapes if s.element not in holders and definitions.process(s.element) is None}
    nodes = {n.id for n in definitions.nodes()}

    assert {s.element for s in plane.shapes} >= nodes
    assert {e.element for e in plane.edges} == {f.id for f in definitions.flows()}
    assert [(a, b) for a, b in combinations(boxes, 2) if a in nodes and b in nodes and boxes[a].overlap(boxes[b])] == []
    assert "The file holds no diagram" in diagram(definitions).svg


def test_nothing_at_all_is_still_a_picture():
    assert diagram(bpmn.read(b"", "empty.bpmn")).svg.startswith("<svg")

# SPDX-License-Identifier: Apache-2.0
"""Every corner case: its file says what the table says, opens with a drawing of everything in it, and runs to the trace that the standard demands."""

from __future__ import annotations

import pytest
from tests.corners import (
    adhoc,
    blocks,
    compensation,
    complex_gateways,
    data_sets,
    events,
    gateways,
    instances,
    matrix,
    rounds,
    several,
    torn_down,
)
from tests.corners.corner import FOLDER, Corner, played
from tests.corners.drawing import bpmn

from egov_flow.bpmn import read
from egov_flow.errors import blocking

CASES = (
    *gateways.CASES, *blocks.CASES, *events.CASES, *rounds.CASES, *compensation.CASES, *adhoc.CASES, *several.CASES, *complex_gateways.CASES,
    *matrix.CASES, *data_sets.CASES, *instances.CASES, *torn_down.CASES,
)  # fmt: skip


def test_there_are_at_least_two_hundred_with_names_of_their_own():
    names = [case.name for case in CASES]

    assert len(names) == len(set(names)) >= 200
    assert sorted(f"{name}.bpmn" for name in names) == sorted(file.name for file in FOLDER.glob("*.bpmn"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_trace_is_the_one_that_the_clause_demands(case: Corner):
    assert case.clause
    assert played(case) == case.trace


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_file_is_what_the_table_draws_and_opens(case: Corner):
    text = (FOLDER / f"{case.name}.bpmn").read_text("utf-8")
    model = read(text.encode(), case.name)
    drawn = {shape.element for d in model.diagrams for shape in d.shapes} | {edge.element for d in model.diagrams for edge in d.edges}

    assert text == bpmn(case.drawing)
    assert blocking(model.findings) == []
    associations = {a.id for _, content in model.contents() for a in content.associations}
    assert {n.id for n in model.nodes()} | {f.id for f in model.flows()} | associations == drawn

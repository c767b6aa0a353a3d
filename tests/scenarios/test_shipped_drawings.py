# SPDX-License-Identifier: Apache-2.0
"""A shipped diagram is drawn with care: shapes in their lanes, nothing on top of anything, lines at right angles and around shapes."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import pytest

from egov_flow.bpmn import Bounds
from egov_flow.procedure import read

PROCESSES = Path(__file__).resolve().parents[2] / "processes"
FOLDERS = sorted(file.parent for file in PROCESSES.rglob("process.bpmn"))


class Plane:
    """The drawing of a shipped procedure."""

    def __init__(self, folder):
        model = read(folder).model
        self.model = model
        self.shapes = {shape.element: shape for shape in model.diagrams[0].shapes}
        self.edges = {edge.element: edge for edge in model.diagrams[0].edges}
        self.nodes = {node.id: node for node in model.nodes()}
        self.inside = {inner.id: owner for owner, content in model.contents() for inner in content.nodes}
        flows = [*model.flows(), *model.message_flows]
        self.ends = {flow.id: {flow.source, flow.target} for flow in flows}

    def solid(self):
        """The shapes that nothing may cross: nodes, but not expanded sub-processes."""
        return {i: self.shapes[i].bounds for i, node in self.nodes.items() if node.content is None}

    def labels(self):
        parts = [*self.shapes.values(), *self.edges.values()]
        return {part.element: part.label for part in parts if part.label is not None}

    def segments(self):
        return [(i, _segment(a, b)) for i, edge in self.edges.items() for a, b in pairwise(edge.waypoints)]


def _segment(a, b):
    return Bounds(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))


def _overlap(a, b):
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


def _touch(a, b):
    return a.x <= b.x + b.width and b.x <= a.x + a.width and a.y <= b.y + b.height and b.y <= a.y + a.height


def _holds(outer, inner):
    across = outer.x <= inner.x and inner.x + inner.width <= outer.x + outer.width
    return across and outer.y <= inner.y and inner.y + inner.height <= outer.y + outer.height


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.relative_to(PROCESSES).as_posix())
def plane(request):
    return Plane(request.param)


def test_everything_is_drawn_once(plane):
    drawn = [part.element for part in (*plane.model.diagrams[0].shapes, *plane.model.diagrams[0].edges)]

    assert len(drawn) == len(set(drawn))
    assert set(plane.nodes) | set(plane.ends) <= set(drawn)


def test_a_lane_holds_its_shapes(plane):
    for process in plane.model.processes:
        for lane in process.content.lanes:
            outside = [i for i in lane.nodes if not _holds(plane.shapes[lane.id].bounds, plane.shapes[i].bounds)]
            boundary = [i for i in outside if not plane.nodes[i].event or not plane.nodes[i].event.attached_to]
            assert boundary == []


def test_lanes_fill_their_pool(plane):
    for pool in plane.model.participants:
        process = plane.model.process(pool.process) if pool.process else None
        if process is None or not process.content.lanes:
            continue
        bounds = [plane.shapes[lane.id].bounds for lane in process.content.lanes]
        around = plane.shapes[pool.id].bounds
        assert all(above.y + above.height == below.y for above, below in pairwise(bounds))
        assert (bounds[0].y, bounds[-1].y + bounds[-1].height) == (around.y, around.y + around.height)


def test_no_shape_covers_another(plane):
    for (a, first), (b, second) in combinations(plane.solid().items(), 2):
        attached = {plane.nodes[i].event.attached_to for i in (a, b) if plane.nodes[i].event}
        assert not _overlap(first, second) or attached & {a, b}, (a, b)


def test_lines_run_at_right_angles_and_around_shapes(plane):
    solid = plane.solid()
    for flow, line in plane.segments():
        assert not (line.width and line.height), flow
        crossed = [i for i, bounds in solid.items() if i not in plane.ends.get(flow, ()) and _touch(line, bounds)]
        assert crossed == [], flow


def test_a_line_begins_and_ends_at_its_shapes(plane):
    for flow in [*plane.model.flows(), *plane.model.message_flows]:
        points = plane.edges[flow.id].waypoints
        for element, (x, y) in ((flow.source, points[0]), (flow.target, points[-1])):
            assert _touch(plane.shapes[element].bounds, Bounds(x, y, 0, 0)), flow.id


def test_labels_are_read_without_obstacle(plane):
    labels, solid = plane.labels(), plane.solid()
    for (a, first), (b, second) in combinations(labels.items(), 2):
        assert not _overlap(first, second), (a, b)
    for element, label in labels.items():
        assert [i for i, bounds in solid.items() if _overlap(label, bounds)] == [], element
        assert [flow for flow, line in plane.segments() if _touch(label, line)] == [], element


def test_decisions_and_their_ways_have_names(plane):
    for node in plane.nodes.values():
        if node.gateway is None:
            continue
        assert node.name, node.id
        ways = [flow for flow in plane.model.flows() if flow.source == node.id]
        decides = node.kind in {"exclusiveGateway", "inclusiveGateway"} and len(ways) > 1
        assert not decides or all(way.name for way in ways), node.id

# SPDX-License-Identifier: Apache-2.0
"""`parallelise` puts consecutive, independent steps between a split and a join, drawn in rows, and refuses what depends on order."""

from __future__ import annotations

from itertools import combinations

import pytest

from egov_flow.diagrams._geometry import Box

ALL = ("Task_Register", "Task_Copy", "Task_Check", "Task_Inspect", "Task_Decide", "Task_Await")
CHANGE = "parallelise: [Task_Check, Task_Inspect]"


def _shapes(procedure):
    return {s.element: s.bounds for s in procedure.model.diagrams[0].shapes}


def test_the_steps_stand_between_a_split_and_a_join(office, permit):
    new = office.apply(permit, CHANGE).procedure
    flows = {(f.source, f.target) for f in new.model.flows()}

    assert new.node("Gateway_Check_Split").kind == new.node("Gateway_Check_Join").kind == "parallelGateway"
    assert flows >= {
        ("Task_Copy", "Gateway_Check_Split"), ("Gateway_Check_Split", "Task_Check"), ("Gateway_Check_Split", "Task_Inspect"),
        ("Task_Check", "Gateway_Check_Join"), ("Task_Inspect", "Gateway_Check_Join"), ("Gateway_Check_Join", "Task_Decide"),
    }  # fmt: skip
    assert ("Task_Check", "Task_Inspect") not in flows


def test_incoming_and_outgoing_children_and_lanes_keep_step(office, permit):
    new = office.apply(permit, CHANGE).procedure
    refs = {n.id: {r.target for r in n.flow_refs} for n in new.model.nodes()}
    lane = new.process.content.lanes[0]

    assert all(refs[n.id] == {*n.incoming, *n.outgoing} for n in new.model.nodes())
    assert {"Gateway_Check_Split", "Gateway_Check_Join"} <= set(lane.nodes)


def test_the_order_in_which_the_steps_are_named_does_not_matter(office, permit):
    other = office.apply(permit, "parallelise: [Task_Inspect, Task_Check]").procedure

    assert other.files == office.apply(permit, CHANGE).procedure.files


def test_no_shape_covers_another_and_lanes_hold_what_is_theirs(office, permit):
    new = office.apply(permit, "parallelise: [Task_Copy, Task_Check, Task_Inspect]").procedure
    shapes = _shapes(new)
    boxes = {n.id: Box.of(shapes[n.id]) for n in new.model.nodes()}
    desk, head = Box.of(shapes["Lane_Desk"]), Box.of(shapes["Lane_Head"])

    assert [pair for pair in combinations(boxes, 2) if boxes[pair[0]].overlap(boxes[pair[1]])] == []
    assert all(desk.left <= b.left and b.right <= desk.right and desk.top <= b.top and b.bottom <= desk.bottom for b in boxes.values())
    assert desk.bottom == head.top
    assert Box.of(shapes["Pool"]).bottom == head.bottom


def test_what_lies_left_of_the_block_stays_where_it_is(office, permit):
    old, new = _shapes(permit), _shapes(office.apply(permit, CHANGE).procedure)

    assert {e: new[e] for e in ("Start", "Task_Register", "Task_Copy")} == {e: old[e] for e in ("Start", "Task_Register", "Task_Copy")}
    assert new["Task_Decide"].x - old["Task_Decide"].x == 50
    assert new["Task_Decide"].y == old["Task_Decide"].y


def test_every_new_line_is_square_and_ends_at_its_shapes(office, permit):
    new = office.apply(permit, CHANGE).procedure
    shapes = _shapes(new)
    ends = {f.id: (f.source, f.target) for f in new.model.flows()}

    for edge in new.model.diagrams[0].edges:
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in zip(edge.waypoints, edge.waypoints[1:], strict=False)), edge.element
        for end, point in zip(ends[edge.element], (edge.waypoints[0], edge.waypoints[-1]), strict=True):
            box = Box.of(shapes[end])
            assert box.grown(0.01).holds(point), (edge.element, end)
            assert not box.grown(-0.01).holds(point), (edge.element, end)


def test_steps_that_share_a_variable_keep_their_order(office, refused):
    same = office.procedure(*ALL, forms={"forms/inspect.json": dict(office.procedure(*ALL).files)["forms/check.json"]})

    assert refused(same, CHANGE) == ["EF-R036"]


def test_steps_that_do_not_follow_each_other_are_refused(permit, refused):
    assert refused(permit, "parallelise: [Task_Copy, Task_Inspect]") == ["EF-R031"]


def test_one_step_is_not_parallel_to_anything(permit, refused):
    assert refused(permit, "parallelise: [Task_Check]") == ["EF-R030"]
    assert refused(permit, "parallelise: [Task_Check, Task_Check]") == ["EF-R013"]


@pytest.mark.parametrize("kind", ["before", "responds"])
def test_steps_that_the_law_orders_keep_their_order(office, refused, kind):
    rule = f"obligations:\n  order: {{kind: {kind}, elements: [Task_Check, Task_Inspect], why: The act says so., legal_basis: ACT-5}}\n"

    assert refused(office.procedure(*ALL, obligations=rule), CHANGE) == ["EF-R035"]


def test_a_step_with_a_boundary_event_is_refused(office, refused):
    event = '<bpmn:boundaryEvent id="B" attachedToRef="Task_Check"><bpmn:timerEventDefinition /></bpmn:boundaryEvent>'

    assert "EF-R032" in refused(office.procedure(*ALL, extra=event), CHANGE)


def test_a_service_is_parallel_only_where_somebody_answers_for_its_data(office, refused):
    procedure = office.procedure("Task_Register", "Task_Lookup", "Task_Check", "Task_Decide", "Task_Await")

    assert refused(procedure, "parallelise: [Task_Lookup, Task_Check]") == ["EF-R037"]
    assert office.apply(procedure, "parallelise: {steps: [Task_Lookup, Task_Check], vouched: [Task_Lookup]}").proof.sound


def test_new_ids_never_meet_old_ones(office):
    clash = '<bpmn:dataObject id="Gateway_Check_Split" />'
    new = office.apply(office.procedure(*ALL, extra=clash), CHANGE).procedure

    assert new.node("Gateway_Check_Split_2") is not None

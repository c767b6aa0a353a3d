# SPDX-License-Identifier: Apache-2.0
"""Diagrams as modelers save them are read into typed values."""

from __future__ import annotations

from pathlib import Path

import pytest

from egov_flow import bpmn
from egov_flow.bpmn import Bounds

FILES = sorted((Path(__file__).parents[2] / "fixtures" / "bpmn").glob("*.bpmn"))


def _node(model: bpmn.Definitions, id_: str) -> bpmn.FlowNode:
    return next(node for node in model.nodes() if node.id == id_)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_clean_diagram_has_no_findings_and_a_drawing_of_everything(file):
    model = bpmn.read(file.read_bytes(), file.name)

    assert model.findings == ()
    (diagram,) = model.diagrams
    drawn = {shape.element for shape in diagram.shapes} | {edge.element for edge in diagram.edges}
    assert {node.id for node in model.nodes()} | {flow.id for flow in model.flows()} <= drawn


def test_a_line_of_tasks(fixture):
    (process,) = fixture("linear").processes

    assert (process.id, process.name, process.is_executable) == ("linear", "Answer a request", True)
    assert [(n.kind, n.name) for n in process.content.nodes] == [
        ("startEvent", "Request received"),
        ("userTask", "Register request"),
        ("userTask", "Decide request"),
        ("userTask", "Notify applicant"),
        ("endEvent", "Request answered"),
    ]
    assert [(f.source, f.target) for f in process.content.flows[:2]] == [
        ("Start_Received", "Task_Register"),
        ("Task_Register", "Task_Decide"),
    ]


def test_a_node_has_exactly_one_part(fixture):
    for model in (fixture("boundary_timer"), fixture("exclusive"), fixture("subprocess")):
        for node in model.nodes():
            assert [node.activity, node.gateway, node.event].count(None) == 2


def test_conditions_stand_at_their_flows_and_the_default_at_its_gateway(fixture):
    model = fixture("default_flow")

    gateway = _node(model, "Gateway_Amount")
    conditions = {flow.id: flow.condition.text for flow in model.flows() if flow.condition}

    assert (gateway.default, gateway.outgoing) == ("Flow_Clerk", ("Flow_Minister", "Flow_Head", "Flow_Clerk"))
    assert conditions == {"Flow_Minister": "amount > 1000000", "Flow_Head": "amount > 1000"}
    assert model.expression_language.endswith("/FEEL/")


def test_a_boundary_event_knows_its_activity_its_timer_and_whether_it_interrupts(fixture):
    model = fixture("boundary_timer")

    remind, expire = _node(model, "Boundary_Remind"), _node(model, "Boundary_Expire")

    assert (remind.event.attached_to, remind.event.is_interrupting) == ("Task_Answer", False)
    assert expire.event.is_interrupting
    (definition,) = expire.event.definitions
    assert (definition.kind, definition.timer.kind, definition.timer.formula.text) == ("timer", "duration", "P10D")


def test_an_event_says_what_its_message_is_called(fixture):
    (definition,) = _node(fixture("event_gateway"), "Catch_Payment").event.definitions

    assert (definition.kind, definition.reference, definition.name) == ("message", "Message_Payment", "Payment received")


def test_a_sub_process_holds_its_own_content(fixture):
    model = fixture("subprocess")

    review = _node(model, "Sub_Review")

    assert [n.id for n in review.content.nodes] == ["Start_Review", "Task_Hear", "Task_Opinion", "End_Review"]
    assert _node(model, "Task_Hear").incoming == ("Flow_21",)
    assert [owner for owner, _ in model.contents()] == ["subprocess", "Sub_Review"]


def test_lanes_and_pools(fixture):
    model = fixture("lanes")

    (pool,) = model.participants
    lanes = {lane.name: lane.nodes for lane in model.processes[0].content.lanes}

    assert (pool.name, pool.process) == ("Information service", "lanes")
    assert lanes["Clerk"] == ("Task_Register", "Task_Search")
    assert model.diagrams[0].element == model.collaborations[0].id == "Collaboration_1"
    assert model.diagrams[0].shapes[0].is_horizontal


def test_the_drawing_has_bounds_waypoints_and_labels(fixture):
    (diagram,) = fixture("exclusive").diagrams
    shapes = {shape.element: shape for shape in diagram.shapes}
    edges = {edge.element: edge for edge in diagram.edges}

    assert shapes["Gateway_Decision"].bounds == Bounds(415, 115, 50, 50)
    assert shapes["Gateway_Decision"].is_marker_visible
    assert shapes["Gateway_Decision"].label is not None
    assert edges["Flow_Refused"].waypoints == ((440, 165), (440, 260), (510, 260))
    assert edges["Flow_Refused"].label is not None


def test_the_start_tag_of_everything_is_where_its_origin_says(fixture):
    model = fixture("boundary_message")
    read = [*model.nodes(), *model.flows(), *model.processes, *model.roots, *model.diagrams[0].shapes, *model.diagrams[0].edges]

    for value in read:
        text = model.source[value.origin.start : value.origin.inner_start].decode()
        line = model.source.decode().splitlines()[value.origin.place.line - 1]
        assert text.startswith("<bpmn")
        assert f'id="{value.id}"' in text
        assert line[value.origin.place.column - 1 :].startswith(text.splitlines()[0])
        assert model.source[: value.origin.end].endswith(b">")


def test_formulas_references_and_bounds_are_where_their_origins_say(fixture):
    model = fixture("exclusive")
    source = model.source
    flow = next(flow for flow in model.flows() if flow.id == "Flow_Granted")
    gateway = _node(model, "Gateway_Decision")
    shape = next(shape for shape in model.diagrams[0].shapes if shape.element == "Gateway_Decision")

    assert source[flow.condition.origin.inner_start : flow.condition.origin.inner_end] == b'decision = "grant"'
    assert [source[r.origin.inner_start : r.origin.inner_end].decode() for r in gateway.flow_refs] == [
        "Flow_2",
        "Flow_Granted",
        "Flow_Refused",
    ]
    assert source[shape.bounds_origin.start : shape.bounds_origin.end] == b'<dc:Bounds x="415" y="115" width="50" height="50" />'
    assert source[model.diagrams[0].plane.start :].startswith(b"<bpmndi:BPMNPlane")


def test_comments_inside_are_passed_over_and_split_no_text(a_process):
    model = a_process(
        '<!-- a --><bpmn:task id="T"/><bpmn:task id="U"/><bpmn:sequenceFlow id="F" sourceRef="T" targetRef="U">'
        "<bpmn:conditionExpression>a &lt; <!-- why --><![CDATA[b & c]]></bpmn:conditionExpression></bpmn:sequenceFlow>"
    )

    (flow,) = model.flows()

    assert flow.condition.text == "a < b & c"


def test_the_same_bytes_give_the_same_model():
    source = FILES[0].read_bytes()

    assert bpmn.read(source, "a.bpmn") == bpmn.read(source, "a.bpmn")

# SPDX-License-Identifier: Apache-2.0
"""Whatever is wrong in a file is a finding with a place, an element and a hint; reading never raises."""

from __future__ import annotations

import pytest

from egov_flow import bpmn
from egov_flow.bpmn import MAX_FINDINGS

TASKS = '<bpmn:task id="T" name="Check"/><bpmn:task id="U"/>'
FLOW = '<bpmn:sequenceFlow id="F" sourceRef="T" targetRef="U"/>'
TWO_TIMES = (
    '<bpmn:timerEventDefinition id="D"><bpmn:timeDate>a</bpmn:timeDate><bpmn:timeCycle>b</bpmn:timeCycle></bpmn:timerEventDefinition>'
)

WRONG = {
    "an element that BPMN does not have": ("<bpmn:userTaks id='N'/>", "EF-B005", "error", "N"),
    "a foreign element outside extensionElements": ('<zeebe:userTask id="N"/>', "EF-B006", "error", "N"),
    "an id given twice": ('<bpmn:task id="T"/>', "EF-B007", "error", "T"),
    "a node without id": ('<bpmn:task name="Check"/>', "EF-B008", "error", ""),
    "a flow without id": ('<bpmn:sequenceFlow sourceRef="T" targetRef="U"/>', "EF-B008", "error", ""),
    "a flow that ends nowhere": ('<bpmn:sequenceFlow id="N" sourceRef="T" targetRef="Gone"/>', "EF-B009", "error", "N"),
    "a flow that starts nowhere": ('<bpmn:sequenceFlow id="N" sourceRef="Gone" targetRef="U"/>', "EF-B009", "error", "N"),
    "a flow without target": ('<bpmn:sequenceFlow id="N" sourceRef="T"/>', "EF-B019", "error", "N"),
    "a flow into a sub-process": (
        '<bpmn:sequenceFlow id="N" sourceRef="T" targetRef="I"/><bpmn:subProcess id="S"><bpmn:task id="I"/></bpmn:subProcess>',
        "EF-B010",
        "error",
        "N",
    ),
    "a message that is not there": ('<bpmn:receiveTask id="N" messageRef="Gone"/>', "EF-B011", "error", "N"),
    "a signal that is a message": (
        '<bpmn:endEvent id="N"><bpmn:signalEventDefinition signalRef="M"/></bpmn:endEvent>',
        "EF-B011",
        "error",
        "N",
    ),
    "an error that is not there": (
        '<bpmn:endEvent id="N"><bpmn:errorEventDefinition errorRef="X"/></bpmn:endEvent>',
        "EF-B011",
        "error",
        "N",
    ),
    "a definition that is not there": (
        '<bpmn:endEvent id="N"><bpmn:eventDefinitionRef>Gone</bpmn:eventDefinitionRef></bpmn:endEvent>',
        "EF-B011",
        "error",
        "N",
    ),
    "a compensated activity that is not there": (
        '<bpmn:endEvent id="N"><bpmn:compensateEventDefinition activityRef="Gone"/></bpmn:endEvent>',
        "EF-B011",
        "error",
        "N",
    ),
    "an association that ends nowhere": ('<bpmn:association id="N" sourceRef="T" targetRef="Gone"/>', "EF-B011", "warning", "N"),
    "a data object that is not there": ('<bpmn:dataObjectReference id="N" dataObjectRef="Gone"/>', "EF-B011", "warning", "N"),
    "data that comes from nowhere": (
        '<bpmn:task id="N"><bpmn:dataInputAssociation id="D"><bpmn:sourceRef>Gone</bpmn:sourceRef></bpmn:dataInputAssociation></bpmn:task>',
        "EF-B011",
        "warning",
        "N",
    ),
    "an event definition that BPMN does not have": (
        '<bpmn:endEvent id="N"><bpmn:webhookEventDefinition id="W"/></bpmn:endEvent>',
        "EF-B012",
        "error",
        "W",
    ),
    "a boolean that is none": ('<bpmn:task id="N" isForCompensation="yes"/>', "EF-B013", "error", "N"),
    "a lane that names nothing": (
        '<bpmn:laneSet id="S"><bpmn:lane id="N"><bpmn:flowNodeRef>Gone</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>',
        "EF-B015",
        "error",
        "N",
    ),
    "a lane that names a flow": (
        '<bpmn:laneSet id="S"><bpmn:lane id="N"><bpmn:flowNodeRef>F</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>',
        "EF-B015",
        "warning",
        "N",
    ),
    "an outgoing child that is no flow": ('<bpmn:task id="N"><bpmn:outgoing>F</bpmn:outgoing></bpmn:task>', "EF-B029", "warning", "N"),
    "a default flow that leaves another node": ('<bpmn:exclusiveGateway id="N" default="F"/>', "EF-B016", "error", "N"),
    "a boundary event on nothing": ('<bpmn:boundaryEvent id="N" attachedToRef="Gone"/>', "EF-B017", "error", "N"),
    "a boundary event on a flow": ('<bpmn:boundaryEvent id="N" attachedToRef="F"/>', "EF-B017", "error", "N"),
    "a boundary event without host": ('<bpmn:boundaryEvent id="N"/>', "EF-B019", "error", "N"),
    "an element without counterpart": ('<bpmn:task id="N"><bpmn:ioBinding id="B"/></bpmn:task>', "EF-B018", "info", "B"),
    "an id that is no name": ('<bpmn:task id="1 a"/>', "EF-B020", "warning", "1 a"),
    "a number that is none": ('<bpmn:task id="N" startQuantity="two"/>', "EF-B021", "error", "N"),
    "a negative number": ('<bpmn:task id="N" completionQuantity="-1"/>', "EF-B021", "error", "N"),
    "a word that is not offered": ('<bpmn:parallelGateway id="N" gatewayDirection="Up"/>', "EF-B022", "error", "N"),
    "a task inside a task": ('<bpmn:task id="N"><bpmn:task id="I"/></bpmn:task>', "EF-B023", "error", "I"),
    "a timer on a task": ('<bpmn:task id="N"><bpmn:timerEventDefinition id="D"/></bpmn:task>', "EF-B023", "error", "D"),
    "a timer with two times": (
        f'<bpmn:startEvent id="N">{TWO_TIMES}</bpmn:startEvent>',
        "EF-B027",
        "error",
        "D",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_finding_names_code_severity_place_and_element(a_process, what):
    inner, code, severity, element = WRONG[what]

    model = a_process(f"{TASKS}{FLOW}\n{inner}", '<bpmn:message id="M"/>')

    (finding,) = model.findings
    assert (finding.code, finding.severity, finding.element) == (code, severity, element)
    assert (finding.place.file, finding.place.line) == ("permit.bpmn", 4)
    for language in ("en", "id"):
        assert "{" not in finding.text(language)
        assert finding.hint(language)


def test_reading_goes_on_behind_a_finding(a_process):
    model = a_process(
        '<bpmn:userTaks id="A"/><bpmn:task id="T" startQuantity="x"/><bpmn:sequenceFlow id="F" sourceRef="T" targetRef="Gone"/>'
    )

    assert [n.id for n in model.nodes()] == ["T"]
    assert [f.target for f in model.flows()] == ["Gone"]
    assert [f.code for f in model.findings] == ["EF-B005", "EF-B021", "EF-B009"]


def test_a_duplicate_id_names_both_places(a_process):
    (finding,) = a_process('<bpmn:task id="T"/>\n<bpmn:task id="T"/>').findings

    assert finding.related == ("T", "permit.bpmn:3:1")
    assert str(finding).startswith("permit.bpmn:4:1: error EF-B007: task T: this id is used already, in line 3\n  hint: ")


def test_ids_inside_extensions_are_their_owners_business(a_process):
    model = a_process(
        '<bpmn:task id="T"><bpmn:extensionElements><zeebe:taskDefinition id="T" type="x"/></bpmn:extensionElements></bpmn:task>'
    )

    assert [f.code for f in model.findings] == []


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"<html><body/></html>", "EF-B001"),
        (b'<process xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "EF-B001"),
        (b"<definitions/>", "EF-B001"),
        (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "EF-B002"),
        (b'<definitions xmlns="http://schema.omg.org/spec/BPMN/2.0"/>', "EF-B003"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100501/BPMN20.xsd"/>', "EF-B003"),
        (b"<!DOCTYPE a><a/>", "EF-X003"),
        (b"<definitions", "EF-X002"),
        (b"", "EF-X011"),
    ],
)
def test_what_is_no_bpmn_gives_one_finding_and_nothing_else(source, code):
    model = bpmn.read(source, "upload.bpmn")

    assert [f.code for f in model.findings] == [code]
    assert model.source == source
    assert (model.processes, model.diagrams, model.roots) == ((), (), ())


def test_a_file_without_a_process(a_file):
    (finding,) = a_file('<bpmn:message id="M"/>').findings

    assert (finding.code, finding.place.line) == ("EF-B004", 1)


def test_a_choreography_is_named_and_not_read(a_file):
    model = a_file(
        '<bpmn:choreography id="C"><bpmn:startEvent id="S"/><bpmn:choreographyTask id="K"/></bpmn:choreography><bpmn:process id="P"/>'
    )

    assert model.unread == ("choreography", "choreographyTask")
    assert {(f.code, f.severity) for f in model.findings} == {("EF-B018", "info")}


def test_pools_and_message_flows_that_name_nothing(a_file):
    model = a_file(
        '<bpmn:collaboration id="C"><bpmn:participant id="P" processRef="Gone"/><bpmn:messageFlow id="F" sourceRef="P" targetRef="Gone"/>'
        '</bpmn:collaboration><bpmn:process id="Q"/>'
    )

    assert [(f.code, f.severity, f.element) for f in model.findings] == [("EF-B011", "error", "P"), ("EF-B011", "warning", "F")]


@pytest.mark.parametrize("width", ["", "NaN", "inf", "1_0", "ten", "1e999"])
def test_a_shape_without_a_size_is_left_out_with_a_warning(a_process, width):
    model = a_process(
        '<bpmn:task id="T"/>',
        '<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="permit"><bpmndi:BPMNShape id="S" bpmnElement="T">'
        f'<dc:Bounds x="0" y="0" width="{width}" height="80"/></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>',
    )

    assert model.diagrams[0].shapes == ()
    assert {(f.code, f.severity) for f in model.findings} == {("EF-B024", "warning")}


def test_a_drawing_of_nothing_is_a_warning(a_process):
    model = a_process(
        "",
        '<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="permit"><bpmndi:BPMNEdge id="E" bpmnElement="Gone"/>'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>",
    )

    assert [(f.code, f.severity, f.element) for f in model.findings] == [("EF-B025", "warning", "E")]


def test_extensions_where_none_is_read_are_named_once(a_process):
    extended = '<bpmn:dataObject id="{}"><bpmn:extensionElements><zeebe:properties/></bpmn:extensionElements></bpmn:dataObject>'

    model = a_process(extended.format("A") + extended.format("B"))

    assert model.unread == ("zeebe:properties",)
    assert [f.arguments["count"] for f in model.findings] == ["2"]


def test_a_file_that_is_wrong_everywhere_is_not_wrong_without_end(a_process):
    model = a_process("<bpmn:nothing/>" * 2_000)

    assert len(model.findings) == MAX_FINDINGS + 1
    assert model.findings[0].message() == "the file has 1500 more findings, which are not shown"

# SPDX-License-Identifier: Apache-2.0
"""A boundary event is drawn on the border of its activity."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.geometry import overlap, shapes
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for plane in sheet.of("BPMNPlane"):
        drawn = shapes(sheet, plane)
        for event in (sheet.ids[element] for element in drawn if sheet.ids[element].tag == "boundaryEvent"):
            host = event.ref("attachedToRef")
            if host in drawn and not overlap(drawn[event.id], drawn[host], slack=-8.0):
                yield rule.about(event, related=[host], host=host)


RULE = Rule(
    code="EF-C291",
    name="boundary-drawn",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §12.2.3, §10.5.4",
    why="A reader sees an event in the flow, or at another activity.",
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<boundaryEvent id="B" attachedToRef="A"><signalEventDefinition id="D" /></boundaryEvent><task id="C" name="Archive" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
            '</process><bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="P">'
            '<bpmndi:BPMNShape id="S_di" bpmnElement="S"><dc:Bounds x="0" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="A_di" bpmnElement="A"><dc:Bounds x="100" y="0" width="100" height="80" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="E_di" bpmnElement="E"><dc:Bounds x="260" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="B_di" bpmnElement="B"><dc:Bounds x="130" y="62" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="C_di" bpmnElement="C"><dc:Bounds x="160" y="160" width="100" height="80" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNEdge id="Flow_S_A_di" bpmnElement="Flow_S_A"><di:waypoint x="36" y="40" /><di:waypoint x="100" y="40" />'
            '</bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_A_E_di" bpmnElement="Flow_A_E"><di:waypoint x="200" y="40" />'
            '<di:waypoint x="260" y="40" /></bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_B_C_di" bpmnElement="Flow_B_C">'
            '<di:waypoint x="148" y="98" /><di:waypoint x="148" y="200" /><di:waypoint x="160" y="200" /></bpmndi:BPMNEdge>'
            '<bpmndi:BPMNEdge id="Flow_C_E_di" bpmnElement="Flow_C_E"><di:waypoint x="260" y="200" />'
            '<di:waypoint x="278" y="200" /><di:waypoint x="278" y="58" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane>'
            "</bpmndi:BPMNDiagram>"
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<boundaryEvent id="B" attachedToRef="A"><signalEventDefinition id="D" /></boundaryEvent><task id="C" name="Archive" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
            '</process><bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="P">'
            '<bpmndi:BPMNShape id="S_di" bpmnElement="S"><dc:Bounds x="0" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="A_di" bpmnElement="A"><dc:Bounds x="100" y="0" width="100" height="80" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="E_di" bpmnElement="E"><dc:Bounds x="260" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="B_di" bpmnElement="B"><dc:Bounds x="130" y="200" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="C_di" bpmnElement="C"><dc:Bounds x="160" y="160" width="100" height="80" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNEdge id="Flow_S_A_di" bpmnElement="Flow_S_A"><di:waypoint x="36" y="40" /><di:waypoint x="100" y="40" />'
            '</bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_A_E_di" bpmnElement="Flow_A_E"><di:waypoint x="200" y="40" />'
            '<di:waypoint x="260" y="40" /></bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_B_C_di" bpmnElement="Flow_B_C">'
            '<di:waypoint x="148" y="98" /><di:waypoint x="148" y="200" /><di:waypoint x="160" y="200" /></bpmndi:BPMNEdge>'
            '<bpmndi:BPMNEdge id="Flow_C_E_di" bpmnElement="Flow_C_E"><di:waypoint x="260" y="200" />'
            '<di:waypoint x="278" y="200" /><di:waypoint x="278" y="58" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane>'
            "</bpmndi:BPMNDiagram>"
        )
    ),
)

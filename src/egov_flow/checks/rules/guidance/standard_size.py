# SPDX-License-Identifier: Apache-2.0
"""Tasks are drawn large enough to read."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.geometry import shapes
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for plane in sheet.of("BPMNPlane"):
        for element, bounds in shapes(sheet, plane).items():
            if sheet.ids[element].is_a("Task") and (bounds.width < 60 or bounds.height < 40):
                yield rule.about(sheet.ids[element], width=round(bounds.width), height=round(bounds.height))


RULE = Rule(
    code="EF-C331",
    name="standard-size",
    family="guidance",
    severity="info",
    why="The name does not fit, and on paper nobody reads it.",
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '</process><bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="P">'
            '<bpmndi:BPMNShape id="S_di" bpmnElement="S"><dc:Bounds x="0" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="A_di" bpmnElement="A"><dc:Bounds x="100" y="0" width="100" height="80" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="E_di" bpmnElement="E"><dc:Bounds x="260" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNEdge id="Flow_S_A_di" bpmnElement="Flow_S_A"><di:waypoint x="36" y="40" /><di:waypoint x="100" y="40" />'
            '</bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_A_E_di" bpmnElement="Flow_A_E"><di:waypoint x="200" y="40" />'
            '<di:waypoint x="260" y="40" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '</process><bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="P">'
            '<bpmndi:BPMNShape id="S_di" bpmnElement="S"><dc:Bounds x="0" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="A_di" bpmnElement="A"><dc:Bounds x="100" y="30" width="20" height="20" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="E_di" bpmnElement="E"><dc:Bounds x="260" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNEdge id="Flow_S_A_di" bpmnElement="Flow_S_A"><di:waypoint x="36" y="40" /><di:waypoint x="100" y="40" />'
            '</bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_A_E_di" bpmnElement="Flow_A_E"><di:waypoint x="120" y="40" />'
            '<di:waypoint x="260" y="40" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Shapes do not lie on top of each other."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.geometry import overlap, shapes
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


MOST = 3000
"""Of more shapes, only the first are compared: no diagram that people read has so many."""


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for plane in sheet.of("BPMNPlane"):
        found = [(sheet.ids[e], bounds) for e, bounds in shapes(sheet, plane).items() if sheet.ids[e].is_a("FlowNode")]
        drawn = sorted((pair for pair in found if pair[0].tag != "boundaryEvent"), key=lambda pair: pair[1].x)[:MOST]
        for index, (one, bounds) in enumerate(drawn):
            for other, place in drawn[index + 1 :]:
                if place.x > bounds.x + bounds.width:
                    break
                if one.parent is other.parent and overlap(bounds, place):
                    yield rule.about(one, related=[other.id], other=other.name or other.id)


RULE = Rule(
    code="EF-C330",
    name="no-overlapping-elements",
    family="guidance",
    severity="warning",
    why="A reader sees one where there are two.",
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
            '<bpmndi:BPMNShape id="A_di" bpmnElement="A"><dc:Bounds x="100" y="0" width="100" height="80" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="E_di" bpmnElement="E"><dc:Bounds x="180" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNEdge id="Flow_S_A_di" bpmnElement="Flow_S_A"><di:waypoint x="36" y="40" /><di:waypoint x="100" y="40" />'
            '</bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_A_E_di" bpmnElement="Flow_A_E"><di:waypoint x="200" y="40" />'
            '<di:waypoint x="216" y="40" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""An edge begins and ends at the shapes that its flow connects."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.geometry import distance, points, shapes
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


FAR = 20.0
"""Tools round differently; so far off, a line is at another place."""


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for plane in sheet.of("BPMNPlane"):
        drawn = shapes(sheet, plane)
        for edge in plane.kids("BPMNEdge"):
            flow, way = sheet.target(edge, "bpmnElement"), points(edge)
            if flow is None or flow.tag not in {"sequenceFlow", "messageFlow"} or len(way) < 2:
                continue
            for attribute, point in (("sourceRef", way[0]), ("targetRef", way[-1])):
                node = flow.ref(attribute)
                away = distance(point, drawn[node]) if node in drawn else 0.0
                if away > FAR:
                    yield rule.about(flow, related=[node], distance=round(away), node=node)


RULE = Rule(
    code="EF-C290",
    name="edge-ends",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §12.2.3",
    why="A reader sees the flow go somewhere else than the case.",
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
            '<bpmndi:BPMNShape id="E_di" bpmnElement="E"><dc:Bounds x="260" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNEdge id="Flow_S_A_di" bpmnElement="Flow_S_A"><di:waypoint x="36" y="40" /><di:waypoint x="60" y="400" />'
            '</bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_A_E_di" bpmnElement="Flow_A_E"><di:waypoint x="200" y="40" />'
            '<di:waypoint x="260" y="40" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
        )
    ),
)

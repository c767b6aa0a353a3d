# SPDX-License-Identifier: Apache-2.0
"""The ends that an edge names are shapes or edges of the diagram."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from egov_flow.bpmn import Splice, set_attribute
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for edge in sheet.of("BPMNEdge"):
        for attribute in ("sourceElement", "targetElement"):
            named = sheet.target(edge, attribute)
            if edge.ref(attribute) and (named is None or named.tag not in {"BPMNShape", "BPMNEdge"}):
                yield rule.about(edge, related=[edge.ref("bpmnElement")], attribute=attribute, reference=edge.ref(attribute)[:100])


def _mend(subject: Subject, finding: Finding) -> Iterable[Splice]:
    edge = next((e for e in subject.sheet.of("BPMNEdge") if e.place == finding.place), None)
    return [set_attribute(subject.procedure.model.source, edge.origin, finding.arguments["attribute"], None)] if edge else []


RULE = Rule(
    code="EF-C294",
    name="edge-elements",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §12.2.3",
    why="The tool that wrote the line loses its end.",
    look=_look,
    mend=_mend,
    good=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '</process><bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="P">'
            '<bpmndi:BPMNShape id="S_di" bpmnElement="S"><dc:Bounds x="0" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="A_di" bpmnElement="A"><dc:Bounds x="100" y="0" width="100" height="80" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="E_di" bpmnElement="E"><dc:Bounds x="260" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNEdge id="Flow_A_E_di" bpmnElement="Flow_A_E"><di:waypoint x="200" y="40" /><di:waypoint x="260" y="40" />'
            '</bpmndi:BPMNEdge><bpmndi:BPMNEdge id="F_di" bpmnElement="Flow_S_A" sourceElement="S_di"><di:waypoint x="36" y="40" />'
            '<di:waypoint x="100" y="40" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
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
            '<bpmndi:BPMNEdge id="Flow_A_E_di" bpmnElement="Flow_A_E"><di:waypoint x="200" y="40" /><di:waypoint x="260" y="40" />'
            '</bpmndi:BPMNEdge><bpmndi:BPMNEdge id="F_di" bpmnElement="Flow_S_A" sourceElement="Gone"><di:waypoint x="36" y="40" />'
            '<di:waypoint x="100" y="40" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
        )
    ),
)

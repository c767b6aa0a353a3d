# SPDX-License-Identifier: Apache-2.0
"""What a pool or an open sub-process holds is drawn inside it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.geometry import contains, shapes
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    pools = {pool.ref("processRef"): pool for pool in sheet.of("participant")}
    for plane in sheet.of("BPMNPlane"):
        drawn = shapes(sheet, plane)
        for node in (sheet.ids[element] for element in drawn if sheet.ids[element].is_a("FlowNode")):
            owner = pools.get(node.parent.id, node.parent) if node.parent is not None else None
            if owner is None or node.tag == "boundaryEvent" or owner.id not in drawn:
                continue
            if not contains(drawn[owner.id], drawn[node.id], slack=24.0):
                yield rule.about(node, related=[owner.id], owner=owner.name or owner.id)


RULE = Rule(
    code="EF-C293",
    name="inside-drawn",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §12.2.3",
    why="A reader takes it for somebody else's work.",
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" />'
            '<subProcess id="X" name="Examine"><startEvent id="S2" /><task id="A" name="Examine" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_A" sourceRef="S2" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E2" sourceRef="A" targetRef="E2" /></subProcess>'
            '<sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" /><sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
            '</process><bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="P">'
            '<bpmndi:BPMNShape id="S_di" bpmnElement="S"><dc:Bounds x="0" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="X_di" bpmnElement="X" isExpanded="true"><dc:Bounds x="80" y="-20" width="300" height="140" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNShape id="S2_di" bpmnElement="S2"><dc:Bounds x="90" y="22" width="36" height="36" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNShape id="A_di" bpmnElement="A"><dc:Bounds x="150" y="0" width="100" height="80" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNShape id="E2_di" bpmnElement="E2"><dc:Bounds x="300" y="22" width="36" height="36" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNShape id="E_di" bpmnElement="E"><dc:Bounds x="440" y="22" width="36" height="36" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNEdge id="Flow_S_X_di" bpmnElement="Flow_S_X"><di:waypoint x="36" y="40" />'
            '<di:waypoint x="80" y="40" /></bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_X_E_di" bpmnElement="Flow_X_E">'
            '<di:waypoint x="380" y="40" /><di:waypoint x="440" y="40" /></bpmndi:BPMNEdge>'
            '<bpmndi:BPMNEdge id="Flow_S2_A_di" bpmnElement="Flow_S2_A"><di:waypoint x="126" y="40" />'
            '<di:waypoint x="150" y="40" /></bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_A_E2_di" bpmnElement="Flow_A_E2">'
            '<di:waypoint x="250" y="40" /><di:waypoint x="300" y="40" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" />'
            '<subProcess id="X" name="Examine"><startEvent id="S2" /><task id="A" name="Examine" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_A" sourceRef="S2" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E2" sourceRef="A" targetRef="E2" /></subProcess>'
            '<sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" /><sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
            '</process><bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="P">'
            '<bpmndi:BPMNShape id="S_di" bpmnElement="S"><dc:Bounds x="0" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="X_di" bpmnElement="X" isExpanded="true"><dc:Bounds x="80" y="-20" width="300" height="140" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNShape id="S2_di" bpmnElement="S2"><dc:Bounds x="90" y="22" width="36" height="36" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNShape id="A_di" bpmnElement="A"><dc:Bounds x="150" y="0" width="100" height="80" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNShape id="E2_di" bpmnElement="E2"><dc:Bounds x="600" y="22" width="36" height="36" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNShape id="E_di" bpmnElement="E"><dc:Bounds x="440" y="22" width="36" height="36" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNEdge id="Flow_S_X_di" bpmnElement="Flow_S_X"><di:waypoint x="36" y="40" />'
            '<di:waypoint x="80" y="40" /></bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_X_E_di" bpmnElement="Flow_X_E">'
            '<di:waypoint x="380" y="40" /><di:waypoint x="440" y="40" /></bpmndi:BPMNEdge>'
            '<bpmndi:BPMNEdge id="Flow_S2_A_di" bpmnElement="Flow_S2_A"><di:waypoint x="126" y="40" />'
            '<di:waypoint x="150" y="40" /></bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_A_E2_di" bpmnElement="Flow_A_E2">'
            '<di:waypoint x="250" y="40" /><di:waypoint x="600" y="40" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
        )
    ),
)

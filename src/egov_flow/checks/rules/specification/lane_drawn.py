# SPDX-License-Identifier: Apache-2.0
"""An element is drawn in the lane that holds it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.geometry import contains, shapes
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


MOST = 200
"""Of more lanes, only the first are looked into: no diagram that people read has so many."""


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    holders = {node: lane for lane in sheet.of("lane") if lane.child("childLaneSet") is None for node in lane.refs("flowNodeRef")}
    for plane in sheet.of("BPMNPlane"):
        drawn = shapes(sheet, plane)
        lanes = [sheet.ids[element] for element in drawn if sheet.ids[element].tag == "lane"][:MOST]
        for node in drawn:
            lane = holders.get(node)
            if lane is None or lane.id not in drawn or contains(drawn[lane.id], drawn[node], slack=24.0):
                continue
            other = next((found for found in lanes if found is not lane and contains(drawn[found.id], drawn[node])), None)
            if other is not None:
                yield rule.about(sheet.ids[node], related=[lane.id, other.id], lane=lane.name or lane.id, other=other.name or other.id)


RULE = Rule(
    code="EF-C292",
    name="lane-drawn",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §12.2.3, §10.8",
    why="A reader sees the work at one role, and the case gives it to another.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" name="Office" processRef="P" /></collaboration><process id="P">'
            '<laneSet id="L"><lane id="L1" name="Desk"><flowNodeRef>S</flowNodeRef><flowNodeRef>A</flowNodeRef>'
            '<flowNodeRef>E</flowNodeRef></lane><lane id="L2" name="Head" /></laneSet><startEvent id="S" name="Asked" />'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '</process><bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="C">'
            '<bpmndi:BPMNShape id="Office_di" bpmnElement="Office" isHorizontal="true">'
            '<dc:Bounds x="-60" y="-20" width="400" height="240" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="L1_di" bpmnElement="L1" isHorizontal="true">'
            '<dc:Bounds x="-30" y="-20" width="370" height="120" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="L2_di" bpmnElement="L2" isHorizontal="true">'
            '<dc:Bounds x="-30" y="100" width="370" height="120" /></bpmndi:BPMNShape><bpmndi:BPMNShape id="S_di" bpmnElement="S">'
            '<dc:Bounds x="0" y="22" width="36" height="36" /></bpmndi:BPMNShape><bpmndi:BPMNShape id="A_di" bpmnElement="A">'
            '<dc:Bounds x="100" y="0" width="100" height="80" /></bpmndi:BPMNShape><bpmndi:BPMNShape id="E_di" bpmnElement="E">'
            '<dc:Bounds x="260" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNEdge id="Flow_S_A_di" bpmnElement="Flow_S_A"><di:waypoint x="36" y="40" /><di:waypoint x="100" y="40" />'
            '</bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_A_E_di" bpmnElement="Flow_A_E"><di:waypoint x="200" y="40" />'
            '<di:waypoint x="260" y="40" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" name="Office" processRef="P" /></collaboration><process id="P">'
            '<laneSet id="L"><lane id="L1" name="Desk"><flowNodeRef>S</flowNodeRef><flowNodeRef>A</flowNodeRef>'
            '<flowNodeRef>E</flowNodeRef></lane><lane id="L2" name="Head" /></laneSet><startEvent id="S" name="Asked" />'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '</process><bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="C">'
            '<bpmndi:BPMNShape id="Office_di" bpmnElement="Office" isHorizontal="true">'
            '<dc:Bounds x="-60" y="-20" width="400" height="240" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="L1_di" bpmnElement="L1" isHorizontal="true">'
            '<dc:Bounds x="-30" y="-20" width="370" height="120" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNShape id="L2_di" bpmnElement="L2" isHorizontal="true">'
            '<dc:Bounds x="-30" y="100" width="370" height="120" /></bpmndi:BPMNShape><bpmndi:BPMNShape id="S_di" bpmnElement="S">'
            '<dc:Bounds x="0" y="22" width="36" height="36" /></bpmndi:BPMNShape><bpmndi:BPMNShape id="A_di" bpmnElement="A">'
            '<dc:Bounds x="100" y="110" width="100" height="80" /></bpmndi:BPMNShape><bpmndi:BPMNShape id="E_di" bpmnElement="E">'
            '<dc:Bounds x="260" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNEdge id="Flow_S_A_di" bpmnElement="Flow_S_A"><di:waypoint x="36" y="40" /><di:waypoint x="100" y="150" />'
            '</bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_A_E_di" bpmnElement="Flow_A_E"><di:waypoint x="200" y="150" />'
            '<di:waypoint x="260" y="40" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A mark of a shape belongs to what it draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from egov_flow.bpmn import Splice, set_attribute
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


MARKS = {
    "isExpanded": (
        "SubProcess",
        "CallActivity",
        "SubChoreography",
        "CallChoreography",
        "SubConversation",
        "CallConversation",
        "Participant",
    ),
    "isHorizontal": ("Participant", "Lane"),
    "isMarkerVisible": ("ExclusiveGateway",),
}


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for shape in sheet.of("BPMNShape"):
        thing = sheet.target(shape, "bpmnElement")
        for attribute, kinds in MARKS.items():
            if thing is not None and thing.type is not None and shape.has(attribute) and not thing.is_a(*kinds):
                yield rule.about(shape, related=[thing.id], attribute=attribute, kind=thing.tag)


def _mend(subject: Subject, finding: Finding) -> Iterable[Splice]:
    shape = next((s for s in subject.sheet.of("BPMNShape") if s.place == finding.place), None)
    return [set_attribute(subject.procedure.model.source, shape.origin, finding.arguments["attribute"], None)] if shape else []


RULE = Rule(
    code="EF-C289",
    name="shape-marks",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §12.2.3",
    why="The mark shows nothing, and whoever set it expects something.",
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
            '<bpmndi:BPMNShape id="A_di" bpmnElement="A" isExpanded="true"><dc:Bounds x="100" y="0" width="100" height="80" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNShape id="E_di" bpmnElement="E"><dc:Bounds x="260" y="22" width="36" height="36" />'
            '</bpmndi:BPMNShape><bpmndi:BPMNEdge id="Flow_S_A_di" bpmnElement="Flow_S_A"><di:waypoint x="36" y="40" />'
            '<di:waypoint x="100" y="40" /></bpmndi:BPMNEdge><bpmndi:BPMNEdge id="Flow_A_E_di" bpmnElement="Flow_A_E">'
            '<di:waypoint x="200" y="40" /><di:waypoint x="260" y="40" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""The file holds a drawing."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    model = subject.procedure.model
    if subject.nodes and not any(diagram.shapes for diagram in model.diagrams):
        yield rule.at(model.origin.place)


RULE = Rule(
    code="EF-C064",
    name="no-bpmndi",
    family="guidance",
    severity="warning",
    source="BPMN 2.0.2 §12",
    why="A modeler cannot open a file without diagram interchange, and pictures of cases are laid out by a machine.",
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_E" sourceRef="S" targetRef="E" /></process><bpmndi:BPMNDiagram id="Diagram">'
            '<bpmndi:BPMNPlane id="Plane" bpmnElement="P"><bpmndi:BPMNShape id="S_di" bpmnElement="S">'
            '<dc:Bounds x="0" y="22" width="36" height="36" /></bpmndi:BPMNShape><bpmndi:BPMNShape id="E_di" bpmnElement="E">'
            '<dc:Bounds x="100" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNEdge id="Flow_S_E_di" bpmnElement="Flow_S_E"><di:waypoint x="36" y="40" /><di:waypoint x="100" y="40" />'
            "</bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_E" sourceRef="S" targetRef="E" /></process>'
        )
    ),
)

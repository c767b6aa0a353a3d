# SPDX-License-Identifier: Apache-2.0
"""Every element of the process is drawn, but for what a collapsed sub-process hides."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import Content
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject, contents
from egov_flow.errors import Finding
from egov_flow.procedure import Procedure

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    model = subject.procedure.model
    if not any(diagram.shapes for diagram in model.diagrams):
        return  # a diagram without any drawing is told once, by its own rule
    drawn = {shape.element for diagram in model.diagrams for shape in diagram.shapes}
    drawn |= {edge.element for diagram in model.diagrams for edge in diagram.edges}
    for content in _shown(subject.procedure):
        yield from (rule.on(node) for node in content.nodes if node.id not in drawn)
        yield from (rule.on(flow) for flow in content.flows if flow.id not in drawn)


def _shown(procedure: Procedure) -> Iterator[Content]:
    """Yield the contents that a reader should see: a collapsed sub-process may leave its own undrawn."""
    expanded = {shape.element for diagram in procedure.model.diagrams for shape in diagram.shapes if shape.is_expanded}
    owners = {id(node.content): node.id for node in procedure.model.nodes() if node.content is not None}
    for content in contents(procedure):
        owner = owners.get(id(content))
        if owner is None or owner in expanded:
            yield content


RULE = Rule(
    code="EF-C063",
    name="element-drawn",
    family="guidance",
    severity="warning",
    source="BPMN 2.0.2 §12",
    why="Nobody who looks at the diagram sees it, and yet it is executed.",
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
            '<sequenceFlow id="Flow_S_E" sourceRef="S" targetRef="E" /></process><bpmndi:BPMNDiagram id="Diagram">'
            '<bpmndi:BPMNPlane id="Plane" bpmnElement="P"><bpmndi:BPMNShape id="S_di" bpmnElement="S">'
            '<dc:Bounds x="0" y="22" width="36" height="36" /></bpmndi:BPMNShape>'
            '<bpmndi:BPMNEdge id="Flow_S_E_di" bpmnElement="Flow_S_E"><di:waypoint x="36" y="40" /><di:waypoint x="100" y="40" />'
            "</bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""What stands behind an event-based gateway has no other way in."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("eventBasedGateway"):
        for flow in sheet.outgoing(node):
            target = sheet.target(flow, "targetRef")
            if target is not None and len(sheet.incoming(target)) > 1:
                yield rule.about(node, related=[target.id], count=len(sheet.incoming(target)), target=target.name or target.id)


RULE = Rule(
    code="EF-C198",
    name="event-gateway-target-incoming",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.6.6",
    why="Reached another way, the event would wait without the gateway, and the drawing says otherwise.",
    covers=("EF-K021",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><eventBasedGateway id="G" />'
            '<receiveTask id="R" name="Receive" /><intermediateCatchEvent id="T"><signalEventDefinition id="D2" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_G" sourceRef="A" targetRef="G" /><sequenceFlow id="Flow_G_R" sourceRef="G" targetRef="R" />'
            '<sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" /><sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><eventBasedGateway id="G" />'
            '<receiveTask id="R" name="Receive" /><intermediateCatchEvent id="T"><signalEventDefinition id="D2" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_G" sourceRef="A" targetRef="G" /><sequenceFlow id="Flow_G_R" sourceRef="G" targetRef="R" />'
            '<sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" /><sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" /><sequenceFlow id="Flow_A_T" sourceRef="A" targetRef="T" />'
        )
    ),
)

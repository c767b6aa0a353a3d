# SPDX-License-Identifier: Apache-2.0
"""Behind one event-based gateway messages are awaited by events or by receive tasks, not by both."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("eventBasedGateway"):
        targets = [target for flow in sheet.outgoing(node) if (target := sheet.target(flow, "targetRef")) is not None]
        tasks = any(target.tag == "receiveTask" for target in targets)
        if tasks and any(target.is_a("CatchEvent") and "message" in sheet.triggers(target) for target in targets):
            yield rule.about(node, related=[target.id for target in targets])


RULE = Rule(
    code="EF-C196",
    name="event-gateway-mixes",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.6.6",
    why="The two are different ways to draw the same wait; together nobody can say which of them takes the message.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" /><receiveTask id="R" name="Receive" />'
            '<receiveTask id="T" name="Receive the other" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_R" sourceRef="G" targetRef="R" />'
            '<sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" /><sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" /><receiveTask id="R" name="Receive" />'
            '<intermediateCatchEvent id="T"><messageEventDefinition id="D2" /></intermediateCatchEvent>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" />'
            '<sequenceFlow id="Flow_G_R" sourceRef="G" targetRef="R" /><sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" />'
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A gateway whose every flow has a condition has a default flow too."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("exclusiveGateway", "inclusiveGateway"):
        flows = sheet.outgoing(node)
        if len(flows) > 1 and not node.ref("default") and all(flow.child("conditionExpression") for flow in flows):
            yield rule.about(node, related=[flow.id for flow in flows])


RULE = Rule(
    code="EF-C351",
    name="default-or-all",
    family="guidance",
    severity="info",
    why="When no condition holds, the case stops with an incident.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" default="G" />'
            '<task id="A" name="Examine" /><task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" name="yes" sourceRef="Gate" targetRef="A"><conditionExpression>a</conditionExpression>'
            '</sequenceFlow><sequenceFlow id="G" sourceRef="Gate" targetRef="B" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" name="yes" sourceRef="Gate" targetRef="A"><conditionExpression>a</conditionExpression>'
            '</sequenceFlow><sequenceFlow id="G" name="no" sourceRef="Gate" targetRef="B">'
            "<conditionExpression>not(a)</conditionExpression></sequenceFlow>"
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""The conditions of a gateway differ."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("FlowNode"):
        flows = sheet.outgoing(node)
        if len(flows) < 2 or sheet.ids.get(node.id) is not node:  # of nodes with one id, the first stands for all
            continue
        first: dict[str, str] = {}
        for flow in flows:
            condition = flow.child("conditionExpression")
            text = condition.text if condition else ""
            if text and text in first:
                yield rule.about(flow, related=[first[text]], other=first[text])
            first.setdefault(text, flow.id)


RULE = Rule(
    code="EF-C341",
    name="same-condition",
    family="guidance",
    severity="warning",
    why="Of two equal conditions one way is never taken, or both always.",
    look=_look,
    good=Example(
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
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" name="yes" sourceRef="Gate" targetRef="A"><conditionExpression>a</conditionExpression>'
            '</sequenceFlow><sequenceFlow id="G" name="no" sourceRef="Gate" targetRef="B">'
            "<conditionExpression>a</conditionExpression></sequenceFlow>"
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Only activities, exclusive, inclusive and complex gateways have conditional flows."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


CHOOSES = frozenset({"exclusiveGateway", "inclusiveGateway", "complexGateway"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for flow in sheet.of("sequenceFlow"):
        node = sheet.target(flow, "sourceRef")
        if node is None or not node.is_a("FlowNode") or flow.child("conditionExpression") is None:
            continue
        if not node.is_a("Activity") and node.tag not in CHOOSES:
            yield rule.about(flow, related=[node.id], kind=node.tag)


RULE = Rule(
    code="EF-C133",
    name="condition-useless",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §8.4.13",
    why="The condition would never be evaluated: the flow is taken whatever it says.",
    covers=("EF-K020",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" default="G" />'
            '<task id="A" name="Examine" /><task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" sourceRef="Gate" targetRef="A"><conditionExpression>complete</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="G" sourceRef="Gate" targetRef="B" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="F" sourceRef="S" targetRef="A">'
            "<conditionExpression>complete</conditionExpression></sequenceFlow>"
        )
    ),
)

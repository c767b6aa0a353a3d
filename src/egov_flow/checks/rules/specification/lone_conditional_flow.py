# SPDX-License-Identifier: Apache-2.0
"""A conditional flow that leaves an activity is not its only way out."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for flow in sheet.of("sequenceFlow"):
        node = sheet.target(flow, "sourceRef")
        if node is not None and node.is_a("Activity") and flow.child("conditionExpression") and len(sheet.outgoing(node)) == 1:
            yield rule.about(flow, related=[node.id])


RULE = Rule(
    code="EF-C132",
    name="lone-conditional-flow",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §8.4.13, §10.3",
    why="When the condition does not hold, the case stays there for ever and nobody is told.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" /><sequenceFlow id="F" sourceRef="A" targetRef="E">'
            '<conditionExpression>complete</conditionExpression></sequenceFlow><sequenceFlow id="G" sourceRef="A" targetRef="B" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="F" sourceRef="A" targetRef="E">'
            "<conditionExpression>complete</conditionExpression></sequenceFlow>"
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A parallel join waits for ways that one token can take together."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.rules.specification._starving import excluded
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for ways in subject.ways:
        for join, choice, is_certain in excluded(ways):
            if is_certain:
                yield rule.on(join, choice=choice.name or choice.id)


RULE = Rule(
    code="EF-C300",
    name="parallel-join-exclusive",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §13.4.1",
    why="One token takes one of the ways, the join waits for both, and the case is stuck.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="X" /><task id="A" name="Examine" /><task id="B" name="Hear" />'
            '<parallelGateway id="J" /><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" />'
            '<sequenceFlow id="Flow_X_A" sourceRef="X" targetRef="A" /><sequenceFlow id="Flow_X_B" sourceRef="X" targetRef="B" />'
            '<sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" /><sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" />'
            '<sequenceFlow id="Flow_J_E" sourceRef="J" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="X" name="Hear?" default="Flow_X_B" />'
            '<task id="A" name="Examine" /><task id="B" name="Hear" /><parallelGateway id="J" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" />'
            '<sequenceFlow id="Flow_X_A" sourceRef="X" targetRef="A">'
            '<conditionExpression xsi:type="tFormalExpression">n > 1</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="Flow_X_B" sourceRef="X" targetRef="B" /><sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" />'
            '<sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" /><sequenceFlow id="Flow_J_E" sourceRef="J" targetRef="E" />'
        )
    ),
)

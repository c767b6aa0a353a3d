# SPDX-License-Identifier: Apache-2.0
"""Something comes over every way into a parallel join before the join lets anything pass."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.rules.specification._starving import starved
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for ways in subject.ways:
        for join, way in starved(ways):
            yield rule.on(join, flow=way.flow or way.source)


RULE = Rule(
    code="EF-C312",
    name="parallel-join-starved",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §13.4.1",
    why="What the join waits for comes only when it has let something pass, and the case is stuck.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><exclusiveGateway id="J" /><task id="B" name="Hear" />'
            '<exclusiveGateway id="X" name="Again?" default="Flow_X_E" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" />'
            '<sequenceFlow id="Flow_J_B" sourceRef="J" targetRef="B" /><sequenceFlow id="Flow_B_X" sourceRef="B" targetRef="X" />'
            '<sequenceFlow id="Flow_X_J" sourceRef="X" targetRef="J">'
            '<conditionExpression xsi:type="tFormalExpression">again</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><parallelGateway id="J" /><task id="B" name="Hear" />'
            '<exclusiveGateway id="X" name="Again?" default="Flow_X_E" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" />'
            '<sequenceFlow id="Flow_J_B" sourceRef="J" targetRef="B" /><sequenceFlow id="Flow_B_X" sourceRef="B" targetRef="X" />'
            '<sequenceFlow id="Flow_X_J" sourceRef="X" targetRef="J">'
            '<conditionExpression xsi:type="tFormalExpression">again</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""No two inclusive joins may come to wait for each other."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for circle in subject.circles:
        if not circle.is_certain:
            yield rule.on(circle.join, other=circle.other.name or circle.other.id)
    if subject.joining.stopped is not None:
        yield rule.unfinished(subject.joining.stopped)


RULE = Rule(
    code="EF-C299",
    name="inclusive-joins-meeting",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §13.4.3",
    why="Where nothing else comes to one of them, each waits for the token that the other holds, and the case is stuck.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="P" /><task id="A" name="Examine" /><task id="B" name="Hear" />'
            '<inclusiveGateway id="J" /><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_P" sourceRef="S" targetRef="P" />'
            '<sequenceFlow id="Flow_P_A" sourceRef="P" targetRef="A" /><sequenceFlow id="Flow_P_B" sourceRef="P" targetRef="B" />'
            '<sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" /><sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" />'
            '<sequenceFlow id="Flow_J_E" sourceRef="J" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="P" /><parallelGateway id="Q" /><task id="C" name="Decide" />'
            '<endEvent id="G" name="Decided" /><inclusiveGateway id="I" /><inclusiveGateway id="J" />'
            '<exclusiveGateway id="X" name="Ask again?" default="Flow_X_E" />'
            '<exclusiveGateway id="Y" name="Hear again?" default="Flow_Y_F" /><endEvent id="E" name="Answered" />'
            '<endEvent id="F" name="Heard" /><sequenceFlow id="Flow_S_Q" sourceRef="S" targetRef="Q" />'
            '<sequenceFlow id="Flow_Q_P" sourceRef="Q" targetRef="P" /><sequenceFlow id="Flow_Q_C" sourceRef="Q" targetRef="C" />'
            '<sequenceFlow id="Flow_C_G" sourceRef="C" targetRef="G" /><sequenceFlow id="Flow_P_I" sourceRef="P" targetRef="I" />'
            '<sequenceFlow id="Flow_P_J" sourceRef="P" targetRef="J" /><sequenceFlow id="Flow_I_X" sourceRef="I" targetRef="X" />'
            '<sequenceFlow id="Flow_J_Y" sourceRef="J" targetRef="Y" /><sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
            '<sequenceFlow id="Flow_X_J" sourceRef="X" targetRef="J">'
            '<conditionExpression xsi:type="tFormalExpression">again</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="Flow_Y_F" sourceRef="Y" targetRef="F" />'
            '<sequenceFlow id="Flow_Y_I" sourceRef="Y" targetRef="I">'
            '<conditionExpression xsi:type="tFormalExpression">again</conditionExpression></sequenceFlow>'
        )
    ),
)

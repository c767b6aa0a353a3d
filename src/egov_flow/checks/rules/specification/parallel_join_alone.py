# SPDX-License-Identifier: Apache-2.0
"""What a parallel join waits for comes whatever is chosen."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import Content
from egov_flow.checks.effort import Effort
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.rules.specification._starving import excluded, left_alone
from egov_flow.checks.ways import is_compensation
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    ended = {id(inner) for ways in subject.ways for inner in _interrupted(ways.content)}
    effort = Effort(subject.effort)
    for ways in subject.ways:
        known = {join.id: (join, choice, is_certain) for join, choice, is_certain in excluded(ways)}
        found = [(join, choice) for join, choice, is_certain in known.values() if not is_certain]
        if id(ways.content) not in ended:
            found += left_alone(ways, known, effort)
        yield from (rule.on(join, choice=choice.name or choice.id) for join, choice in found)
    if effort.stopped is not None:
        yield rule.unfinished(effort.stopped)


def _interrupted(content: Content) -> Iterator[Content]:
    """Yield what something may end from outside, whatever waits in it: a sub-process by an event on its border, everything by an event sub-process."""
    hosts = {n.event.attached_to for n in content.nodes if n.event is not None and n.event.is_interrupting and not is_compensation(n)}
    yield from (n.content for n in content.nodes if n.content is not None and n.id in hosts)
    blocks = [n.content for n in content.nodes if n.content is not None and n.activity is not None and n.activity.is_event_subprocess]
    starts = [n.event for block in blocks for n in block.nodes if n.kind == "startEvent" and n.event is not None]
    if any(event.is_interrupting for event in starts):
        yield content


RULE = Rule(
    code="EF-C313",
    name="parallel-join-alone",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §13.4.1",
    why="A token that waits for another which took a different way waits for ever.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="P" /><task id="A" name="Examine" />'
            '<exclusiveGateway id="X" name="Complete?" default="Flow_X_M" /><task id="C" name="Decide" /><task id="B" name="Hear" />'
            '<exclusiveGateway id="M" /><parallelGateway id="J" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_P" sourceRef="S" targetRef="P" /><sequenceFlow id="Flow_P_A" sourceRef="P" targetRef="A" />'
            '<sequenceFlow id="Flow_A_X" sourceRef="A" targetRef="X" /><sequenceFlow id="Flow_X_M" sourceRef="X" targetRef="M" />'
            '<sequenceFlow id="Flow_X_C" sourceRef="X" targetRef="C">'
            '<conditionExpression xsi:type="tFormalExpression">n > 1</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="Flow_C_M" sourceRef="C" targetRef="M" /><sequenceFlow id="Flow_M_J" sourceRef="M" targetRef="J" />'
            '<sequenceFlow id="Flow_P_B" sourceRef="P" targetRef="B" /><sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" />'
            '<sequenceFlow id="Flow_J_E" sourceRef="J" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="P" /><task id="A" name="Examine" />'
            '<exclusiveGateway id="X" name="Complete?" default="Flow_X_J" /><endEvent id="F" name="Dropped" />'
            '<task id="B" name="Hear" /><parallelGateway id="J" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_P" sourceRef="S" targetRef="P" /><sequenceFlow id="Flow_P_A" sourceRef="P" targetRef="A" />'
            '<sequenceFlow id="Flow_A_X" sourceRef="A" targetRef="X" /><sequenceFlow id="Flow_X_J" sourceRef="X" targetRef="J" />'
            '<sequenceFlow id="Flow_X_F" sourceRef="X" targetRef="F">'
            '<conditionExpression xsi:type="tFormalExpression">n > 1</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="Flow_P_B" sourceRef="P" targetRef="B" /><sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" />'
            '<sequenceFlow id="Flow_J_E" sourceRef="J" targetRef="E" />'
        )
    ),
)

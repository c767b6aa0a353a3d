# SPDX-License-Identifier: Apache-2.0
"""Behind an event-based gateway stand receive tasks and catching events for message, timer, condition or signal."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Sheet, Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


TRIGGERS = frozenset({"message", "timer", "conditional", "signal"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("eventBasedGateway"):
        for flow in sheet.outgoing(node):
            target = sheet.target(flow, "targetRef")
            if target is not None and node.inside("Process") and not _waits(sheet, target):
                yield rule.about(node, related=[flow.id, target.id], target=target.name or target.id)


def _waits(sheet: Sheet, target: Thing) -> bool:
    if target.tag == "receiveTask":
        return True
    kinds = sheet.triggers(target)
    return target.tag == "intermediateCatchEvent" and bool(kinds) and set(kinds) <= TRIGGERS


RULE = Rule(
    code="EF-C195",
    name="event-gateway-targets",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.6.6",
    why="The gateway waits for something to happen; a task would have to be done before anybody knows which way is taken.",
    covers=("EF-K021",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" /><receiveTask id="R" name="Receive" />'
            '<intermediateCatchEvent id="T"><signalEventDefinition id="D2" /></intermediateCatchEvent>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" />'
            '<sequenceFlow id="Flow_G_R" sourceRef="G" targetRef="R" /><sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" />'
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" /><task id="A" name="Examine" />'
            '<intermediateCatchEvent id="T"><signalEventDefinition id="D2" /></intermediateCatchEvent>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" />'
            '<sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A process starts by hand or by message, timer, condition or signal."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


STARTS = frozenset({"message", "timer", "conditional", "signal"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("startEvent"):
        if node.parent and node.parent.is_a("Process", "Choreography", "SubChoreography"):
            yield from (rule.about(node, trigger=kind) for kind in sheet.triggers(node) if kind not in STARTS)


RULE = Rule(
    code="EF-C148",
    name="start-event-triggers",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.2",
    why="Errors, escalations and compensations come out of a running case; nothing that has not begun can catch them.",
    covers=("EF-K025",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked"><messageEventDefinition id="D" /></startEvent><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked"><errorEventDefinition id="D" /></startEvent><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

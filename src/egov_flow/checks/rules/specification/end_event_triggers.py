# SPDX-License-Identifier: Apache-2.0
"""An end event throws message, error, escalation, compensation, cancel, signal or terminate."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("endEvent"):
        yield from (rule.about(node, trigger=kind) for kind in sheet.triggers(node) if kind in {"timer", "conditional", "link"})


RULE = Rule(
    code="EF-C154",
    name="end-event-triggers",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.3",
    why="A timer, condition or link is waited for or jumped over, not thrown at an end.",
    covers=("EF-K025",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered">'
            '<messageEventDefinition id="D" /></endEvent><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered">'
            '<timerEventDefinition id="D"><timeDuration>P1D</timeDuration></timerEventDefinition></endEvent>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""An intermediate event in the flow throws message, escalation, link, compensation or signal, or nothing."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


THROWS = frozenset({"message", "escalation", "link", "compensate", "signal"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("intermediateThrowEvent"):
        yield from (rule.about(node, trigger=kind) for kind in sheet.triggers(node) if kind not in THROWS)


RULE = Rule(
    code="EF-C156",
    name="throw-event-triggers",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="An error, a cancel or a terminate ends the path and belongs to an end event; a timer or condition is waited for.",
    covers=("EF-K025",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateThrowEvent id="W" name="Tell"><signalEventDefinition id="D" />'
            '</intermediateThrowEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateThrowEvent id="W" name="Fail"><errorEventDefinition id="D" />'
            '</intermediateThrowEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
)

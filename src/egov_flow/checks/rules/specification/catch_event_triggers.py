# SPDX-License-Identifier: Apache-2.0
"""An intermediate event in the flow catches message, timer, condition, link or signal."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


CATCHES = frozenset({"message", "timer", "conditional", "link", "signal"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("intermediateCatchEvent"):
        yield from (rule.about(node, trigger=kind) for kind in sheet.triggers(node) if kind not in CATCHES)


RULE = Rule(
    code="EF-C155",
    name="catch-event-triggers",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="Errors, escalations and compensations are caught at the border of an activity; in the flow nothing could raise them.",
    covers=("EF-K025",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Wait"><signalEventDefinition id="D" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Wait"><errorEventDefinition id="D" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
)

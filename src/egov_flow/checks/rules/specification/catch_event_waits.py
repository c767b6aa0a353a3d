# SPDX-License-Identifier: Apache-2.0
"""A catching intermediate event has a definition."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    yield from (rule.about(node) for node in sheet.of("intermediateCatchEvent") if not sheet.triggers(node))


RULE = Rule(
    code="EF-C175",
    name="catch-event-waits",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="It waits for nothing, and so for ever.",
    covers=("EF-K027",),
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
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Wait" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" /><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""The start event of an event sub-process has a trigger that can happen in a running case."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


ALLOWED = frozenset({"message", "timer", "error", "escalation", "compensate", "conditional", "signal"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("startEvent"):
        if node.parent is None or not node.parent.is_true("triggeredByEvent"):
            continue
        kinds = sheet.triggers(node)
        if not kinds or set(kinds) - ALLOWED:
            yield rule.about(node, related=[node.parent.id])


RULE = Rule(
    code="EF-C151",
    name="event-sub-process-trigger",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.5",
    why="Without one the sub-process never starts; a link, cancel or terminate definition starts nothing.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<subProcess id="X" name="Objection" triggeredByEvent="true"><startEvent id="S2"><messageEventDefinition id="D" />'
            '</startEvent><task id="B" name="Decide" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></subProcess>'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<subProcess id="X" name="Objection" triggeredByEvent="true"><startEvent id="S2" /><task id="B" name="Decide" />'
            '<endEvent id="E2" /><sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></subProcess>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A boundary event for an error or cancel interrupts its activity."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("boundaryEvent"):
        if not node.is_true("cancelActivity", default=True):
            yield from (rule.about(node, trigger=kind) for kind in sheet.triggers(node) if kind in {"error", "cancel"})


RULE = Rule(
    code="EF-C158",
    name="boundary-always-interrupts",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="After an error or a cancel the activity cannot go on.",
    covers=("EF-K044", "EF-K085"),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<boundaryEvent id="B" attachedToRef="A"><errorEventDefinition id="D" /></boundaryEvent><task id="C" name="Archive" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<boundaryEvent id="B" attachedToRef="A" cancelActivity="false"><errorEventDefinition id="D" /></boundaryEvent>'
            '<task id="C" name="Archive" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" />'
            '<sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A thrown compensation names an activity of its own or a surrounding scope."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for definition in sheet.of("compensateEventDefinition"):
        target = sheet.target(definition, "activityRef")
        if target is None:
            continue
        if not target.is_a("Activity") or target.inside("Process") is not definition.inside("Process"):
            yield rule.about(definition, related=[target.id], reference=target.name or target.id)


RULE = Rule(
    code="EF-C167",
    name="compensation-target",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.5",
    why="What lies elsewhere cannot be undone from here.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><intermediateThrowEvent id="T" name="Undo">'
            '<compensateEventDefinition id="D" activityRef="A" /></intermediateThrowEvent><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_T" sourceRef="A" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><intermediateThrowEvent id="T" name="Undo">'
            '<compensateEventDefinition id="D" activityRef="B" /></intermediateThrowEvent><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
            '</process><process id="Q"><startEvent id="S2" /><task id="B" name="Decide" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></process>'
        )
    ),
)

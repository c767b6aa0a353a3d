# SPDX-License-Identifier: Apache-2.0
"""An activity for compensation hangs on a compensation event."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("Activity"):
        if not node.is_true("isForCompensation") or node.is_true("triggeredByEvent"):
            continue
        ends = [sheet.ids.get(end) for found in sheet.associated(node.id) for end in (found.ref("sourceRef"), found.ref("targetRef"))]
        if not any(end is not None and end.tag == "boundaryEvent" for end in ends):
            yield rule.about(node)


RULE = Rule(
    code="EF-C166",
    name="compensation-activity-reached",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.7",
    why="Nothing ever calls it.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<boundaryEvent id="B" attachedToRef="A"><compensateEventDefinition id="D" /></boundaryEvent>'
            '<task id="U" name="Pay back" isForCompensation="true" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<association id="As" associationDirection="One" sourceRef="B" targetRef="U" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<task id="U" name="Pay back" isForCompensation="true" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

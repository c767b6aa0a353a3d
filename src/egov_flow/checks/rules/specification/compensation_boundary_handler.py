# SPDX-License-Identifier: Apache-2.0
"""A compensation boundary event is associated with exactly one activity that undoes."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("boundaryEvent"):
        if "compensate" not in sheet.triggers(node):
            continue
        ends = {end for found in sheet.associated(node.id) for end in (found.ref("sourceRef"), found.ref("targetRef"))} - {node.id}
        handlers = [end for end in ends if end in sheet.ids and sheet.ids[end].is_true("isForCompensation")]
        if len(handlers) != 1:
            yield rule.about(node, related=sorted(ends), count=len(handlers))


RULE = Rule(
    code="EF-C164",
    name="compensation-boundary-handler",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4, §10.7",
    why="Nothing would be undone, or nobody could say what.",
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
            '<boundaryEvent id="B" attachedToRef="A"><compensateEventDefinition id="D" /></boundaryEvent>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

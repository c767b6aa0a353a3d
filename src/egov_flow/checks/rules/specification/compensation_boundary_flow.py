# SPDX-License-Identifier: Apache-2.0
"""A compensation boundary event has no sequence flow."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("boundaryEvent"):
        if "compensate" in sheet.triggers(node):
            yield from (rule.about(node, related=[flow.id]) for flow in sheet.outgoing(node))


RULE = Rule(
    code="EF-C163",
    name="compensation-boundary-flow",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="Its handler hangs on an association: it is no part of the flow, and the flow would never be taken.",
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
            '<task id="U" name="Pay back" isForCompensation="true" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_U" sourceRef="B" targetRef="U" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""An activity for compensation has no sequence flows."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("Activity"):
        flows = [*sheet.incoming(node), *sheet.outgoing(node)]
        if flows and node.is_true("isForCompensation"):
            yield rule.about(node, related=[flow.id for flow in flows], count=len(flows))


RULE = Rule(
    code="EF-C165",
    name="compensation-activity-flows",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.7",
    why="It runs when something is undone, never in the normal flow.",
    covers=("EF-K040",),
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
            '<startEvent id="S" name="Asked" /><task id="A" name="Pay back" isForCompensation="true" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

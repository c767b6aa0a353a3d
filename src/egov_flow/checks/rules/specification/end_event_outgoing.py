# SPDX-License-Identifier: Apache-2.0
"""An end event has no outgoing sequence flow."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("endEvent"):
        flows = sheet.outgoing(node)
        if flows:
            yield rule.about(node, related=[flow.id for flow in flows], count=len(flows))


RULE = Rule(
    code="EF-C142",
    name="end-event-outgoing",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.3",
    why="The path ends there; what follows is never reached.",
    covers=("EF-K023",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_E_B" sourceRef="E" targetRef="B" />'
        )
    ),
)

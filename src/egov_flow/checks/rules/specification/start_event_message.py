# SPDX-License-Identifier: Apache-2.0
"""A start event that a message flow reaches is a message start event."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for flow in sheet.of("messageFlow"):
        end = sheet.target(flow, "targetRef")
        if end is not None and end.tag == "startEvent" and "message" not in sheet.triggers(end):
            yield rule.about(end, related=[flow.id])


RULE = Rule(
    code="EF-C124",
    name="start-event-message",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.2",
    why="The case would start by hand while the drawing says that the message starts it.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="Applicant" targetRef="S" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked"><messageEventDefinition id="D" /></startEvent><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="Applicant" targetRef="S" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

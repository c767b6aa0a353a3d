# SPDX-License-Identifier: Apache-2.0
"""An end event receives no message."""

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
        if end is not None and end.tag == "endEvent":
            yield rule.about(end, related=[flow.id])


RULE = Rule(
    code="EF-C125",
    name="end-event-receives",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.3",
    why="An end event only throws; the message would never be taken.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="Applicant" targetRef="A" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="Applicant" targetRef="E" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

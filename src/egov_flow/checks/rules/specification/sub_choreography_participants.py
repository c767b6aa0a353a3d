# SPDX-License-Identifier: Apache-2.0
"""A sub-choreography names every participant of the activities in it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for outer in sheet.of("subChoreography"):
        inside = {reference for node in outer.children if node.is_a("ChoreographyActivity") for reference in node.refs("participantRef")}
        for participant in sorted(inside - set(outer.refs("participantRef"))):
            yield rule.about(outer, related=[participant], participant=participant)


RULE = Rule(
    code="EF-C272",
    name="sub-choreography-participants",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §11.5.2",
    why="A participant would have to act in a part that the drawing says it is not in.",
    look=_look,
    good=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<messageFlow id="M" sourceRef="X" targetRef="Y" /><subChoreography id="Sub" initiatingParticipantRef="X">'
            "<participantRef>X</participantRef><participantRef>Y</participantRef>"
            '<choreographyTask id="T" name="Ask" initiatingParticipantRef="X"><participantRef>X</participantRef>'
            "<participantRef>Y</participantRef><messageFlowRef>M</messageFlowRef></choreographyTask></subChoreography>"
            "</choreography>"
        )
    ),
    bad=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<participant id="Z" name="Court" /><messageFlow id="M" sourceRef="X" targetRef="Z" />'
            '<subChoreography id="Sub" initiatingParticipantRef="X"><participantRef>X</participantRef>'
            '<participantRef>Y</participantRef><choreographyTask id="T" name="Ask" initiatingParticipantRef="X">'
            "<participantRef>X</participantRef><participantRef>Z</participantRef><messageFlowRef>M</messageFlowRef>"
            "</choreographyTask></subChoreography></choreography>"
        )
    ),
)

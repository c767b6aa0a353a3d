# SPDX-License-Identifier: Apache-2.0
"""A choreography task has exactly two participants, and one of them begins."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]

BOTH = 2


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.things:
        if not node.is_a("ChoreographyActivity", "GlobalChoreographyTask"):
            continue
        is_global, initiator = node.tag == "globalChoreographyTask", node.ref("initiatingParticipantRef")
        named = [participant.id for participant in node.kids("participant")] if is_global else node.refs("participantRef")
        too_many = (node.tag == "choreographyTask" and len(named) > BOTH) or (is_global and len(named) != BOTH)
        if too_many or (initiator and named and initiator not in named):
            yield rule.about(node, related=named, count=len(named), initiator=initiator or "-")


RULE = Rule(
    code="EF-C266",
    name="choreography-participants",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §11.5",
    why="Nobody could say who speaks first, or to whom.",
    look=_look,
    good=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<messageFlow id="M" sourceRef="X" targetRef="Y" /><choreographyTask id="T" name="Ask" initiatingParticipantRef="X">'
            "<participantRef>X</participantRef><participantRef>Y</participantRef><messageFlowRef>M</messageFlowRef>"
            "</choreographyTask></choreography>"
        )
    ),
    bad=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<participant id="Z" name="Court" /><messageFlow id="M" sourceRef="X" targetRef="Y" />'
            '<choreographyTask id="T" name="Ask" initiatingParticipantRef="Z"><participantRef>X</participantRef>'
            "<participantRef>Y</participantRef><messageFlowRef>M</messageFlowRef></choreographyTask></choreography>"
        )
    ),
)

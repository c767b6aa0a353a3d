# SPDX-License-Identifier: Apache-2.0
"""A choreography holds choreography activities, events, gateways and flows; no tasks and no data."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for holder in sheet.of("choreography", "subChoreography", "globalChoreographyTask"):
        for node in holder.children:
            if node.is_a("Activity", "DataObject", "DataObjectReference", "DataStoreReference"):
                yield rule.about(node, related=[holder.id], kind=node.tag)


RULE = Rule(
    code="EF-C268",
    name="choreography-content",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §11.1, §11.3",
    why="Nobody does the task: a choreography has no performer, only participants who exchange messages.",
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
            '<task id="A" name="Examine" /></choreography>'
        )
    ),
)

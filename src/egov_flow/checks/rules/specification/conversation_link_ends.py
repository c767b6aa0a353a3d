# SPDX-License-Identifier: Apache-2.0
"""A conversation link connects a conversation with a participant, an activity or an event."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for link in sheet.of("conversationLink"):
        ends = [sheet.target(link, attribute) for attribute in ("sourceRef", "targetRef")]
        count = sum(end is not None and end.is_a("ConversationNode") for end in ends)
        if None not in ends and count != 1:
            yield rule.about(link, count=count)


RULE = Rule(
    code="EF-C274",
    name="conversation-link-ends",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §9.5.6",
    why="Two pools talk by a conversation or a message flow; a link between them says nothing.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<conversation id="K" name="Request"><participantRef>X</participantRef><participantRef>Y</participantRef>'
            '</conversation><conversationLink id="L" sourceRef="X" targetRef="K" /></collaboration>'
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<conversationLink id="L" sourceRef="X" targetRef="Y" /></collaboration>'
        )
    ),
)

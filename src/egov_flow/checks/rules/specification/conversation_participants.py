# SPDX-License-Identifier: Apache-2.0
"""A conversation connects at least two participants."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("ConversationNode"):
        count = len(set(node.refs("participantRef")))
        if count < 2:
            yield rule.about(node, count=count)


RULE = Rule(
    code="EF-C273",
    name="conversation-participants",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §9.4",
    why="Nobody talks with itself.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<conversation id="K" name="Request"><participantRef>X</participantRef><participantRef>Y</participantRef>'
            "</conversation></collaboration>"
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<conversation id="K" name="Request"><participantRef>X</participantRef></conversation></collaboration>'
        )
    ),
)

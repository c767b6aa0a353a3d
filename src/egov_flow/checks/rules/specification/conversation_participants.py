# SPDX-License-Identifier: Apache-2.0
"""A conversation connects at least two participants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    linked: dict[str, set[str]] = defaultdict(set)  # a link draws what a reference says, and many tools write the link only
    for link in sheet.of("conversationLink"):
        ends = link.ref("sourceRef"), link.ref("targetRef")
        for one, other in (ends, ends[::-1]):
            if other in sheet.ids and sheet.ids[other].tag == "participant":
                linked[one].add(other)
    for node in sheet.kind("ConversationNode"):
        count = len({*node.refs("participantRef"), *linked[node.id]})
        if count < 2:
            yield rule.about(node, count=count)


RULE = Rule(
    code="EF-C273",
    name="conversation-participants",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §9.5.1",
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

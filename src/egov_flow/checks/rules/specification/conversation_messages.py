# SPDX-License-Identifier: Apache-2.0
"""The message flows of a conversation go between its participants."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("ConversationNode"):
        named = set(node.refs("participantRef"))
        for reference in node.refs("messageFlowRef"):
            flow = sheet.ids.get(reference)
            ends = [sheet.target(flow, attribute) for attribute in ("sourceRef", "targetRef")] if flow else []
            if any(end is not None and end.tag == "participant" and end.id not in named for end in ends):
                yield rule.about(node, related=[reference], flow=reference)


RULE = Rule(
    code="EF-C275",
    name="conversation-messages",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §9.5.1",
    why="A message of others would belong to their conversation.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<messageFlow id="M" sourceRef="X" targetRef="Y" /><conversation id="K" name="Request">'
            "<participantRef>X</participantRef><participantRef>Y</participantRef><messageFlowRef>M</messageFlowRef></conversation>"
            "</collaboration>"
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<participant id="Z" name="Court" /><messageFlow id="M" sourceRef="X" targetRef="Z" />'
            '<conversation id="K" name="Request"><participantRef>X</participantRef><participantRef>Y</participantRef>'
            "<messageFlowRef>M</messageFlowRef></conversation></collaboration>"
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""The messages of a choreography task go between its participants."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("choreographyTask"):
        named = set(node.refs("participantRef"))
        for reference in node.refs("messageFlowRef"):
            flow = sheet.ids.get(reference)
            if (
                flow is not None
                and flow.tag == "messageFlow"
                and {flow.ref("sourceRef"), flow.ref("targetRef")} != named
                and len(named) == 2
            ):
                yield rule.about(node, related=[reference], flow=flow.name or reference)


RULE = Rule(
    code="EF-C267",
    name="choreography-messages",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §11.5.1",
    why="A third party would speak in a conversation of two.",
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
            '<participant id="Z" name="Court" /><messageFlow id="M" sourceRef="X" targetRef="Z" />'
            '<choreographyTask id="T" name="Ask" initiatingParticipantRef="X"><participantRef>X</participantRef>'
            "<participantRef>Y</participantRef><messageFlowRef>M</messageFlowRef></choreographyTask></choreography>"
        )
    ),
)

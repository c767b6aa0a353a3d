# SPDX-License-Identifier: Apache-2.0
"""Who begins a choreography task sends a message in it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("choreographyTask"):
        initiator, flows = node.ref("initiatingParticipantRef"), [sheet.ids.get(reference) for reference in node.refs("messageFlowRef")]
        senders = {flow.ref("sourceRef") for flow in flows if flow is not None and flow.tag == "messageFlow"}
        if initiator and senders and all(flow is not None for flow in flows) and initiator not in senders:
            begins = sheet.ids.get(initiator)
            yield rule.about(node, related=[initiator, *sorted(senders)], initiator=(begins.name if begins else "") or initiator)


RULE = Rule(
    code="EF-C258",
    name="choreography-initiator",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §11.5.1",
    why="The first message of the task is the initiator's; without one, both participants wait for the other.",
    look=_look,
    good=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<messageFlow id="M" sourceRef="X" targetRef="Y" /><messageFlow id="N" sourceRef="Y" targetRef="X" />'
            '<choreographyTask id="T" name="Ask" initiatingParticipantRef="X"><participantRef>X</participantRef>'
            "<participantRef>Y</participantRef><messageFlowRef>M</messageFlowRef><messageFlowRef>N</messageFlowRef>"
            "</choreographyTask></choreography>"
        )
    ),
    bad=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<messageFlow id="N" sourceRef="Y" targetRef="X" /><choreographyTask id="T" name="Ask" initiatingParticipantRef="X">'
            "<participantRef>X</participantRef><participantRef>Y</participantRef><messageFlowRef>N</messageFlowRef>"
            "</choreographyTask></choreography>"
        )
    ),
)

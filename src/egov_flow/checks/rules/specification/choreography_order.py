# SPDX-License-Identifier: Apache-2.0
"""Who begins a choreography activity took part in the activity before it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("ChoreographyActivity"):
        initiator = node.ref("initiatingParticipantRef")
        for flow in sheet.incoming(node):
            before = sheet.target(flow, "sourceRef")
            if before is not None and before.is_a("ChoreographyActivity") and initiator and not before.names("participantRef", initiator):
                yield rule.about(node, related=[before.id], initiator=initiator, before=before.name or before.id)


RULE = Rule(
    code="EF-C270",
    name="choreography-order",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §11.5.6",
    why="A participant who was not there cannot know that it is its turn.",
    look=_look,
    good=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<messageFlow id="M" sourceRef="X" targetRef="Y" /><messageFlow id="N" sourceRef="Y" targetRef="X" />'
            '<choreographyTask id="T" name="Ask" initiatingParticipantRef="X"><participantRef>X</participantRef>'
            "<participantRef>Y</participantRef><messageFlowRef>M</messageFlowRef></choreographyTask>"
            '<choreographyTask id="U" name="Answer" initiatingParticipantRef="Y"><participantRef>X</participantRef>'
            "<participantRef>Y</participantRef><messageFlowRef>N</messageFlowRef></choreographyTask>"
            '<sequenceFlow id="Flow_T_U" sourceRef="T" targetRef="U" /></choreography>'
        )
    ),
    bad=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<participant id="Z" name="Court" /><messageFlow id="M" sourceRef="X" targetRef="Y" />'
            '<messageFlow id="N" sourceRef="Z" targetRef="X" /><choreographyTask id="T" name="Ask" initiatingParticipantRef="X">'
            "<participantRef>X</participantRef><participantRef>Y</participantRef><messageFlowRef>M</messageFlowRef>"
            '</choreographyTask><choreographyTask id="U" name="Object" initiatingParticipantRef="Z">'
            "<participantRef>Z</participantRef><participantRef>X</participantRef><messageFlowRef>N</messageFlowRef>"
            '</choreographyTask><sequenceFlow id="Flow_T_U" sourceRef="T" targetRef="U" /></choreography>'
        )
    ),
)

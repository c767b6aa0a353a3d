# SPDX-License-Identifier: Apache-2.0
"""Behind an event-based gateway of a choreography, one participant sends every first message, or one receives them all."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Sheet, Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for gateway in sheet.of("eventBasedGateway"):
        if gateway.inside("Choreography", "SubChoreography") is None:
            continue
        targets = [sheet.target(flow, "targetRef") for flow in sheet.outgoing(gateway)]
        tasks = [target for target in targets if target is not None and target.tag == "choreographyTask"]
        pairs = {_first_message(task) for task in tasks}
        if None not in pairs and min(len({pair[end] for pair in pairs if pair}) for end in (0, 1)) > 1:
            yield rule.about(
                gateway, related=[task.id for task in tasks], senders=_names(sheet, pairs, 0), receivers=_names(sheet, pairs, 1)
            )


def _first_message(task: Thing) -> tuple[str, str] | None:
    """Return who sends and who receives the first message of a task; None where other rules tell that nobody knows."""
    sender = task.ref("initiatingParticipantRef")
    others = [participant for participant in task.refs("participantRef") if participant != sender]
    return (sender, others[0]) if sender and len(others) == 1 else None


def _names(sheet: Sheet, pairs: set[tuple[str, str] | None], end: int) -> str:
    known = sorted({pair[end] for pair in pairs if pair})
    return ", ".join((sheet.ids[one].name if one in sheet.ids else "") or one for one in known)


RULE = Rule(
    code="EF-C259",
    name="choreography-event-gateway",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §11.7.2",
    why="Two participants could begin at once, each without knowing that the other has.",
    look=_look,
    good=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<participant id="Z" name="Court" /><messageFlow id="M" sourceRef="Y" targetRef="X" />'
            '<messageFlow id="N" sourceRef="Z" targetRef="X" /><eventBasedGateway id="G" />'
            '<choreographyTask id="T" name="Withdraw" initiatingParticipantRef="Y"><participantRef>X</participantRef>'
            "<participantRef>Y</participantRef><messageFlowRef>M</messageFlowRef></choreographyTask>"
            '<choreographyTask id="U" name="Rule" initiatingParticipantRef="Z"><participantRef>X</participantRef>'
            "<participantRef>Z</participantRef><messageFlowRef>N</messageFlowRef></choreographyTask>"
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_G_U" sourceRef="G" targetRef="U" />'
            "</choreography>"
        )
    ),
    bad=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<participant id="Z" name="Court" /><messageFlow id="M" sourceRef="Y" targetRef="X" />'
            '<messageFlow id="N" sourceRef="X" targetRef="Z" /><eventBasedGateway id="G" />'
            '<choreographyTask id="T" name="Withdraw" initiatingParticipantRef="Y"><participantRef>X</participantRef>'
            "<participantRef>Y</participantRef><messageFlowRef>M</messageFlowRef></choreographyTask>"
            '<choreographyTask id="U" name="Appeal" initiatingParticipantRef="X"><participantRef>X</participantRef>'
            "<participantRef>Z</participantRef><messageFlowRef>N</messageFlowRef></choreographyTask>"
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_G_U" sourceRef="G" targetRef="U" />'
            "</choreography>"
        )
    ),
)

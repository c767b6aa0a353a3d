# SPDX-License-Identifier: Apache-2.0
"""A message flow begins and ends at a pool, an activity or an event; in a collaboration around a choreography, at an activity of that too."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for flow in sheet.of("messageFlow"):
        for attribute in ("sourceRef", "targetRef"):
            end = sheet.target(flow, attribute)
            if end is not None and not end.is_a("Participant", "Event", "Activity") and not _is_drawn_between_the_pools(end, flow):
                yield rule.about(flow, related=[end.id], attribute=attribute, reference=end.name or end.id, kind=end.tag)


def _is_drawn_between_the_pools(end: Thing, flow: Thing) -> bool:
    """Return whether an end is an activity of a choreography that the flow's collaboration holds: its message passes through it (§9.7, §11.8)."""
    choreography = end.inside("Choreography") if end.is_a("ChoreographyActivity") else None
    return choreography is not None and flow.parent is not None and flow.parent.names("choreographyRef", choreography.id)


RULE = Rule(
    code="EF-C121",
    name="message-flow-ends",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §9.4.1, §9.7",
    why="A message that starts or arrives nowhere is never sent or received.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="Applicant" targetRef="A" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="Applicant" targetRef="Gate" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_Gate_A" sourceRef="Gate" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_Gate_B" sourceRef="Gate" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" /></process>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""The events of a choreography are those that every participant can see."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


EVENTS = {
    "startEvent": {"timer", "conditional", "signal"},
    "intermediateCatchEvent": {"timer", "conditional", "signal", "link", "message"},
    "intermediateThrowEvent": {"link", "message"},
    "endEvent": {"terminate"},
    "boundaryEvent": {"timer", "conditional", "signal", "message", "cancel"},
}


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for holder in sheet.of("choreography", "subChoreography", "globalChoreographyTask"):
        for event in holder.children:
            allowed = EVENTS.get(event.tag)
            if allowed is not None:
                yield from (rule.about(event, trigger=kind, kind=event.tag) for kind in sheet.triggers(event) if kind not in allowed)


RULE = Rule(
    code="EF-C269",
    name="choreography-events",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §11.6",
    why="A message start, an error or an escalation is known to one participant only; the others could not act on it.",
    look=_look,
    good=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" /><startEvent id="S">'
            '<timerEventDefinition id="D" /></startEvent><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_E" sourceRef="S" targetRef="E" /></choreography>'
        )
    ),
    bad=Example(
        bpmn=(
            '<choreography id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" /><startEvent id="S">'
            '<errorEventDefinition id="D" /></startEvent></choreography>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""An intermediate or boundary event at a message flow has a message definition."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


TAGS = frozenset({"intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for flow in sheet.of("messageFlow"):
        for attribute in ("sourceRef", "targetRef"):
            end = sheet.target(flow, attribute)
            if end is not None and end.tag in TAGS and "message" not in sheet.triggers(end):
                yield rule.about(end, related=[flow.id])


RULE = Rule(
    code="EF-C128",
    name="intermediate-event-message",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="A timer or signal event neither sends nor receives what the message flow carries.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="Applicant" targetRef="W" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Answer came"><messageEventDefinition id="D" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="Applicant" targetRef="W" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="A week"><timerEventDefinition id="D">'
            '<timeDuration>P7D</timeDuration></timerEventDefinition></intermediateCatchEvent><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" /><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
            "</process>"
        )
    ),
)

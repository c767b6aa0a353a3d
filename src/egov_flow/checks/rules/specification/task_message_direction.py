# SPDX-License-Identifier: Apache-2.0
"""A send task sends and a receive task receives."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for flow in sheet.of("messageFlow"):
        source, target = sheet.target(flow, "sourceRef"), sheet.target(flow, "targetRef")
        if source is not None and source.tag == "receiveTask":
            yield rule.about(source, related=[flow.id], flow=flow.name or flow.id, kind=source.tag)
        if target is not None and target.tag == "sendTask":
            yield rule.about(target, related=[flow.id], flow=flow.name or flow.id, kind=target.tag)


RULE = Rule(
    code="EF-C129",
    name="task-message-direction",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.3",
    why="A send task never takes a message and a receive task never sends one: the case waits for ever, or sends nothing.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="T" targetRef="Applicant" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><sendTask id="T" name="Tell" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="Applicant" targetRef="T" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><sendTask id="T" name="Tell" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
            "</process>"
        )
    ),
)

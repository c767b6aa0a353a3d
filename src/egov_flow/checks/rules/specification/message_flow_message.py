# SPDX-License-Identifier: Apache-2.0
"""A message flow carries the message of the elements that it connects."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for flow in sheet.of("messageFlow"):
        message = flow.ref("messageRef")
        for attribute in ("sourceRef", "targetRef"):
            end = sheet.target(flow, attribute)
            if end is None or not message:
                continue
            named = [end.ref("messageRef"), *(d.ref("messageRef") for d in sheet.definitions(end) if d.tag == "messageEventDefinition")]
            others = [other for other in named if other]
            if others and message not in others:
                yield rule.about(flow, related=[end.id], message=message, receiver=end.name or end.id, other=others[0])


RULE = Rule(
    code="EF-C280",
    name="message-flow-message",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §9.4, §8.4.11",
    why="Sender and receiver would wait for different messages.",
    look=_look,
    good=Example(
        bpmn=(
            '<message id="M1" name="Request" /><collaboration id="C"><participant id="X" name="Office" processRef="P" />'
            '<participant id="Y" name="Applicant" /><messageFlow id="F" sourceRef="Y" targetRef="S" messageRef="M1" />'
            '</collaboration><process id="P"><startEvent id="S" name="Asked"><messageEventDefinition id="D" messageRef="M1" />'
            '</startEvent><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<message id="M1" name="Request" /><message id="M2" name="Answer" /><collaboration id="C">'
            '<participant id="X" name="Office" processRef="P" /><participant id="Y" name="Applicant" />'
            '<messageFlow id="F" sourceRef="Y" targetRef="S" messageRef="M2" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked"><messageEventDefinition id="D" messageRef="M1" /></startEvent>'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A message, signal, error or escalation is used."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import name_only
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    used = {name_only(value) for thing in sheet.things for name, value in thing.attributes.items() if name.endswith("Ref")}
    used |= {name_only(thing.text) for thing in sheet.things if thing.tag.endswith("Ref")}
    for thing in sheet.of("message", "signal", "error", "escalation"):
        if thing.id and thing.id not in used:
            yield rule.about(thing, kind=thing.tag)


RULE = Rule(
    code="EF-C347",
    name="message-used",
    family="guidance",
    severity="info",
    why="A leftover misleads whoever looks for what can arrive.",
    look=_look,
    good=Example(
        bpmn=(
            '<message id="M1" name="Request" /><process id="P"><startEvent id="S" name="Asked">'
            '<messageEventDefinition id="D" messageRef="M1" /></startEvent><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<message id="M1" name="Request" /><process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
)

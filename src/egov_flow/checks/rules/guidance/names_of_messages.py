# SPDX-License-Identifier: Apache-2.0
"""Two messages, signals, errors or escalations have different names or codes."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    first: dict[tuple[str, str], str] = {}
    for thing in sheet.of("message", "signal", "error", "escalation"):
        key = (thing.tag, (thing.get("errorCode") or thing.get("escalationCode") or thing.name).strip())
        if key[1] and key in first:
            yield rule.about(thing, related=[first[key]], other=first[key])
        first.setdefault(key, thing.id)


RULE = Rule(
    code="EF-C346",
    name="names-of-messages",
    family="guidance",
    severity="warning",
    why="They are matched by name or code: the two are one for whoever waits.",
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
            '<message id="M1" name="Request" /><message id="M2" name="Request" /><process id="P"><startEvent id="S" name="Asked">'
            '<messageEventDefinition id="D" messageRef="M1" /></startEvent><receiveTask id="A" name="Receive" messageRef="M2" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""The message of a send or receive task, or of a message event, is that of its operation."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("sendTask", "receiveTask", "messageEventDefinition"):
        operation = sheet.ids.get(node.ref("operationRef") or next(iter(node.refs("operationRef")), ""))
        message = node.ref("messageRef")
        expected = operation.refs("inMessageRef") if operation else []
        if operation and message and expected and message not in expected:
            named = {"message": message, "operation": operation.name or operation.id, "expected": expected[0]}
            yield rule.about(node, related=[operation.id, message], **named)


RULE = Rule(
    code="EF-C223",
    name="operation-message",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.3",
    why="The task would send one message while the service expects another.",
    look=_look,
    good=Example(
        bpmn=(
            '<message id="M1" name="Request" /><interface id="I" name="Register"><operation id="O" name="ask">'
            '<inMessageRef>M1</inMessageRef></operation></interface><process id="P"><startEvent id="S" name="Asked" />'
            '<sendTask id="T" name="Ask" messageRef="M1" operationRef="O" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<message id="M1" name="Request" /><message id="M2" name="Answer" /><interface id="I" name="Register">'
            '<operation id="O" name="ask"><inMessageRef>M1</inMessageRef></operation></interface><process id="P">'
            '<startEvent id="S" name="Asked" /><sendTask id="T" name="Ask" messageRef="M2" operationRef="O" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" /></process>'
        )
    ),
)

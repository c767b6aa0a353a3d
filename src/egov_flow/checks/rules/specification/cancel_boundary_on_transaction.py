# SPDX-License-Identifier: Apache-2.0
"""A cancel boundary event is attached to a transaction."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("boundaryEvent"):
        host = sheet.target(node, "attachedToRef")
        if host is not None and host.tag != "transaction" and "cancel" in sheet.triggers(node):
            yield rule.about(node, related=[host.id], host=host.name or host.id)


RULE = Rule(
    code="EF-C160",
    name="cancel-boundary-on-transaction",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="Only a transaction can be cancelled; at another activity the event never happens.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" /><transaction id="X" name="Pay">'
            '<startEvent id="S2" /><task id="A" name="Examine" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_A" sourceRef="S2" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E2" sourceRef="A" targetRef="E2" /></transaction><boundaryEvent id="B" attachedToRef="X">'
            '<cancelEventDefinition id="D" /></boundaryEvent><task id="C" name="Archive" />'
            '<sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" /><sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
            '<sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<boundaryEvent id="B" attachedToRef="A"><cancelEventDefinition id="D" /></boundaryEvent><task id="C" name="Archive" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
)

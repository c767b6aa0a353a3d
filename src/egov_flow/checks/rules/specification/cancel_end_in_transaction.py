# SPDX-License-Identifier: Apache-2.0
"""A cancel end event stands in a transaction."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("endEvent"):
        if "cancel" in sheet.triggers(node) and node.inside("Transaction") is None:
            yield rule.about(node)


RULE = Rule(
    code="EF-C159",
    name="cancel-end-in-transaction",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.3",
    why="Only a transaction can be cancelled; elsewhere the event has no meaning.",
    covers=("EF-K042",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" /><transaction id="X" name="Pay">'
            '<startEvent id="S2" /><task id="A" name="Examine" /><endEvent id="E2" name="Withdrawn">'
            '<cancelEventDefinition id="D" /></endEvent><sequenceFlow id="Flow_S2_A" sourceRef="S2" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E2" sourceRef="A" targetRef="E2" /></transaction>'
            '<sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" /><sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Withdrawn">'
            '<cancelEventDefinition id="D" /></endEvent><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

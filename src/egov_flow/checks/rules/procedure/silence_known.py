# SPDX-License-Identifier: Apache-2.0
"""What is silenced exists: the rule, the element, and the finding."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for entry in subject.procedure.silenced:
        if (entry.element, entry.code) not in subject.told:
            yield rule.at(entry.place, "silenced", code=entry.code, what=entry.element)


RULE = Rule(
    code="EF-C399",
    name="silence-known",
    family="procedure",
    severity="warning",
    why="A silence that fits nothing hides the next finding from whoever reads it.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_Gate_A" sourceRef="Gate" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        ),
        yaml="silenced: [{element: Gate, code: superfluous-gateway, reason: The ministry's template demands it.}]",
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        ),
        yaml="silenced: [{element: Gate, code: superfluous-gateway, reason: The ministry's template demands it.}]",
    ),
)

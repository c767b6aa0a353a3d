# SPDX-License-Identifier: Apache-2.0
"""An expression is an Expression or a FormalExpression."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.kind("Expression"):
        if thing.formal_type and thing.formal_type not in {"tExpression", "tFormalExpression"}:
            yield rule.about(thing, type_=thing.formal_type[:40])


RULE = Rule(
    code="EF-C110",
    name="formal-type",
    family="schema",
    severity="warning",
    source="BPMN 2.0.2 §8.4.6",
    why="A tool that follows the schema cannot read the element.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" default="G" />'
            '<task id="A" name="Examine" /><task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" sourceRef="Gate" targetRef="A">'
            '<conditionExpression xsi:type="tFormalExpression">a</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="G" sourceRef="Gate" targetRef="B" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" default="G" />'
            '<task id="A" name="Examine" /><task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" sourceRef="Gate" targetRef="A"><conditionExpression xsi:type="tScript">a</conditionExpression>'
            '</sequenceFlow><sequenceFlow id="G" sourceRef="Gate" targetRef="B" />'
        )
    ),
)

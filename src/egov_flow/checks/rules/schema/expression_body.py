# SPDX-License-Identifier: Apache-2.0
"""A formal expression says something."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import XSI_TYPE
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.kind("FormalExpression"):
        if (
            not thing.text
            and not thing.element.get("resource")
            and not any(name.startswith("{") and name != XSI_TYPE for name in thing.attributes)
        ):
            yield rule.about(thing, tag=thing.tag)


RULE = Rule(
    code="EF-C113",
    name="expression-body",
    family="schema",
    severity="warning",
    source="BPMN 2.0.2 §8.4.6",
    why="Nobody could evaluate it.",
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
            '<sequenceFlow id="F" sourceRef="Gate" targetRef="A"><conditionExpression xsi:type="tFormalExpression" />'
            '</sequenceFlow><sequenceFlow id="G" sourceRef="Gate" targetRef="B" />'
        )
    ),
)

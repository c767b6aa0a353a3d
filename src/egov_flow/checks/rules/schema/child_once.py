# SPDX-License-Identifier: Apache-2.0
"""An element has no more children of a kind than BPMN allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.things:
        if thing.type is None or len(thing.children) < 2:
            continue
        slots = [slot for slot in (thing.type.slot(child.tag) for child in thing.children) if slot is not None and slot.most]
        for slot, count in Counter(slots).items():
            if count > slot.most and slot.target != "LoopCharacteristics":
                yield rule.about(thing, tag=thing.tag, count=count, child=slot.tag, most=slot.most)


RULE = Rule(
    code="EF-C105",
    name="child-once",
    family="schema",
    severity="error",
    source="BPMN 2.0.2 §15.3",
    why="Of two conditions, each tool reads one; which one, nobody knows.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" default="G" />'
            '<task id="A" name="Examine" /><task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" sourceRef="Gate" targetRef="A"><conditionExpression>a</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="G" sourceRef="Gate" targetRef="B" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" default="G" />'
            '<task id="A" name="Examine" /><task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" sourceRef="Gate" targetRef="A"><conditionExpression>a</conditionExpression>'
            '<conditionExpression>b</conditionExpression></sequenceFlow><sequenceFlow id="G" sourceRef="Gate" targetRef="B" />'
        )
    ),
)

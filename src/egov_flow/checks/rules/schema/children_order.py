# SPDX-License-Identifier: Apache-2.0
"""The children of an element stand in the order of the class tables."""

from __future__ import annotations

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
        order = {slot.tag: index for index, slot in enumerate(thing.type.slots)}
        highest, before = -1, ""
        for child in thing.children:
            slot = thing.type.slot(child.tag)
            position = order[slot.tag] if slot is not None else highest
            if position < highest and slot is not None and slot.tag not in {"artifact", "flowElement", "rootElement", "laneSet"}:
                yield rule.about(child, tag=child.tag, before=before)
                break
            if position > highest:
                highest, before = position, child.tag


RULE = Rule(
    code="EF-C107",
    name="children-order",
    family="schema",
    severity="info",
    source="BPMN 2.0.2 §15.3",
    why="A tool that follows the schema to the letter refuses the file; most do not.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><documentation>Look at it.</documentation>'
            '<incoming>Flow_S_A</incoming></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><incoming>Flow_S_A</incoming>'
            '<documentation>Look at it.</documentation></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A reference to a type names an item definition."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.metamodel import REF
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.things:
        for attribute in thing.attributes if thing.type else ():
            kind = thing.type.attributes.get(attribute, "") if thing.type else ""
            if kind != f"{REF}ItemDefinition" or ":" in thing.get(attribute):
                continue
            if thing.ref(attribute) and thing.ref(attribute) not in sheet.ids:
                yield rule.about(thing, attribute=attribute, reference=thing.ref(attribute)[:100])


RULE = Rule(
    code="EF-C111",
    name="item-kind",
    family="schema",
    severity="warning",
    source="BPMN 2.0.2 §8.4.10",
    why="Data without a type that anybody knows cannot be compared or converted.",
    look=_look,
    good=Example(
        bpmn=(
            '<itemDefinition id="Item1" /><process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><dataObject id="X" itemSubjectRef="Item1" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<dataObject id="X" itemSubjectRef="Gone" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

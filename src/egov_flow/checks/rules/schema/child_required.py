# SPDX-License-Identifier: Apache-2.0
"""An element has the children that BPMN demands."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.things:
        for slot in thing.type.slots if thing.type else ():
            if not slot.least:
                continue
            count = sum(thing.type.slot(child.tag) is slot for child in thing.children) if thing.type else 0
            if count < slot.least:
                yield rule.about(thing, tag=thing.tag, least=slot.least, child=slot.tag, count=count)


RULE = Rule(
    code="EF-C104",
    name="child-required",
    family="schema",
    severity="error",
    source="BPMN 2.0.2 §15.3",
    why="The element says nothing without them: an assignment without source, an operation without message.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Wait"><conditionalEventDefinition id="D">'
            "<condition>fee = 0</condition></conditionalEventDefinition></intermediateCatchEvent>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Wait"><conditionalEventDefinition id="D" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
)

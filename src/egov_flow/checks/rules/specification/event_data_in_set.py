# SPDX-License-Identifier: Apache-2.0
"""The data of an event belongs to its set."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for event in sheet.kind("Event"):
        for tag, word, refs in (("dataInput", "inputSet", "dataInputRefs"), ("dataOutput", "outputSet", "dataOutputRefs")):
            found = event.child(word)
            named = found.refs(refs) if found else []
            yield from (rule.about(event, word=word, data=data.id or tag) for data in event.kids(tag) if data.id not in named)


RULE = Rule(
    code="EF-C254",
    name="event-data-in-set",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.1",
    why="The event would neither take it nor hand it on.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked"><dataOutput id="O" /><outputSet><dataOutputRefs>O</dataOutputRefs></outputSet>'
            '<messageEventDefinition id="D" /></startEvent><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked"><dataOutput id="O" /><outputSet /><messageEventDefinition id="D" /></startEvent>'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

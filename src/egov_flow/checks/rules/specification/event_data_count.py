# SPDX-License-Identifier: Apache-2.0
"""An event that carries data has one data element for each of its definitions."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for event in sheet.kind("Event"):
        data, count = len(event.kids("dataInput", "dataOutput")), len(sheet.definitions(event))
        if data and data != count:
            yield rule.about(event, data=data, count=count)


RULE = Rule(
    code="EF-C256",
    name="event-data-count",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.1",
    why="Nobody could say which definition the data belongs to.",
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
            '<startEvent id="S" name="Asked"><dataOutput id="O" /><dataOutput id="O2" /><outputSet>'
            '<dataOutputRefs>O</dataOutputRefs><dataOutputRefs>O2</dataOutputRefs></outputSet><messageEventDefinition id="D" />'
            '</startEvent><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

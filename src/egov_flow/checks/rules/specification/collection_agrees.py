# SPDX-License-Identifier: Apache-2.0
"""Data is a collection exactly when its type is one."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for data in sheet.of("dataObject", "dataInput", "dataOutput"):
        item = sheet.target(data, "itemSubjectRef")
        if item is None or item.tag != "itemDefinition":
            continue
        ours, theirs = data.is_true("isCollection"), item.is_true("isCollection")
        if ours != theirs:
            yield rule.about(data, related=[item.id], ours=str(ours).lower(), theirs=str(theirs).lower(), item=item.id)


RULE = Rule(
    code="EF-C251",
    name="collection-agrees",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.1",
    why="One side would expect a list and the other a single value.",
    look=_look,
    good=Example(
        bpmn=(
            '<itemDefinition id="Item1" isCollection="true" /><process id="P"><startEvent id="S" name="Asked" />'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<dataObject id="X" itemSubjectRef="Item1" isCollection="true" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<itemDefinition id="Item1" isCollection="true" /><process id="P"><startEvent id="S" name="Asked" />'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<dataObject id="X" itemSubjectRef="Item1" isCollection="false" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Every throwing link has a catching link in the same scope: of its name, or named as its target."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Sheet, Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for scope in sheet.kind("FlowElementsContainer"):
        events = [
            (node, link)
            for node in scope.kids("intermediateThrowEvent")
            for link in sheet.definitions(node)
            if link.tag == "linkEventDefinition"
        ]
        caught = _caught(sheet, scope) if events else []
        names, ids = {found.name for found in caught}, {found.id for found in caught}
        for node, link in events:
            if link.name not in names and ids.isdisjoint(link.refs("target")):
                yield rule.about(node, name=link.name)


def _caught(sheet: Sheet, scope: Thing) -> list[Thing]:
    catches = scope.kids("intermediateCatchEvent")
    return [found for event in catches for found in sheet.definitions(event) if found.tag == "linkEventDefinition"]


RULE = Rule(
    code="EF-C168",
    name="link-target",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.5",
    why="The case would jump into nothing.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><intermediateThrowEvent id="T" name="Go on">'
            '<linkEventDefinition id="L" name="go on" /></intermediateThrowEvent>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_T" sourceRef="A" targetRef="T" />'
            '<endEvent id="E" name="Answered" /><intermediateCatchEvent id="W"><linkEventDefinition id="L2" name="go on" />'
            '</intermediateCatchEvent><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><intermediateThrowEvent id="T" name="Go on">'
            '<linkEventDefinition id="L" name="go on" /></intermediateThrowEvent>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_T" sourceRef="A" targetRef="T" />'
            '<endEvent id="E" name="Answered" /><intermediateCatchEvent id="W"><linkEventDefinition id="L2" name="elsewhere" />'
            '</intermediateCatchEvent><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
)

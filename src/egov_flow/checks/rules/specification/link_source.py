# SPDX-License-Identifier: Apache-2.0
"""Every catching link has a throwing link in the same scope: of its name, or named as its source."""

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
            for node in scope.kids("intermediateCatchEvent")
            for link in sheet.definitions(node)
            if link.tag == "linkEventDefinition"
        ]
        thrown = _thrown(sheet, scope) if events else []
        names, ids = {found.name for found in thrown}, {found.id for found in thrown}
        for node, link in events:
            if link.name not in names and ids.isdisjoint(link.refs("source")):
                yield rule.about(node, name=link.name)


def _thrown(sheet: Sheet, scope: Thing) -> list[Thing]:
    throws = scope.kids("intermediateThrowEvent")
    return [found for event in throws for found in sheet.definitions(event) if found.tag == "linkEventDefinition"]


RULE = Rule(
    code="EF-C169",
    name="link-source",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.5",
    why="What follows the link is never reached.",
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
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<intermediateCatchEvent id="W"><linkEventDefinition id="L2" name="go on" /></intermediateCatchEvent>'
            '<task id="B" name="Decide" /><sequenceFlow id="Flow_W_B" sourceRef="W" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
)

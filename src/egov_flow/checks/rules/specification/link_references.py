# SPDX-License-Identifier: Apache-2.0
"""The source and target of link definitions name each other."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for link in sheet.of("linkEventDefinition"):
        for tag, back in (("target", "source"), ("source", "target")):
            for reference in link.refs(tag):
                other = sheet.ids.get(reference)
                if other is None or other.tag != link.tag or not other.names(back, link.id):
                    yield rule.about(link, related=[reference], tag=tag, reference=reference)


RULE = Rule(
    code="EF-C172",
    name="link-references",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.5",
    why="Tools that follow the references, and tools that follow the names, would go on at different places.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><intermediateThrowEvent id="T" name="Go on">'
            '<linkEventDefinition id="L" name="go on"><target>L2</target></linkEventDefinition></intermediateThrowEvent>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_T" sourceRef="A" targetRef="T" />'
            '<endEvent id="E" name="Answered" /><intermediateCatchEvent id="W"><linkEventDefinition id="L2" name="go on">'
            "<source>L</source></linkEventDefinition></intermediateCatchEvent>"
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><intermediateThrowEvent id="T" name="Go on">'
            '<linkEventDefinition id="L" name="go on"><target>L2</target></linkEventDefinition></intermediateThrowEvent>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_T" sourceRef="A" targetRef="T" />'
            '<endEvent id="E" name="Answered" /><intermediateCatchEvent id="W"><linkEventDefinition id="L2" name="go on" />'
            '</intermediateCatchEvent><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
)

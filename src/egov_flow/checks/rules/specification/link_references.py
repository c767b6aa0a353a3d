# SPDX-License-Identifier: Apache-2.0
"""The source and target of link definitions name each other, and lead where their names lead."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    links = [link for link in sheet.of("linkEventDefinition") if link.parent is not None]
    named = {(_scope(link), _side(link), link.name) for link in links}
    for link in links:
        for tag, back in (("target", "source"), ("source", "target")):
            for reference in link.refs(tag):
                other = sheet.ids.get(reference)
                is_mutual = other is not None and other.tag == link.tag and other.names(back, link.id)
                if not is_mutual or other is None or _is_torn(link, other, named):
                    yield rule.about(link, related=[reference], tag=tag, reference=reference)


def _is_torn(link: Thing, other: Thing, named: Collection[tuple[Thing | None, str, str]]) -> bool:
    """Return whether the references lead from one link to another, and its name to a third of the same scope."""
    return link.name != other.name and (_scope(link), _side(other), link.name) in named


def _scope(link: Thing) -> Thing | None:
    return link.parent.parent if link.parent is not None else None


def _side(link: Thing) -> str:
    return link.parent.tag if link.parent is not None else ""


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

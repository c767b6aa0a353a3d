# SPDX-License-Identifier: Apache-2.0
"""An element has only the attributes that BPMN gives it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.things:
        if thing.type is not None:
            unknown = (name for name in thing.attributes if name not in thing.type.attributes and not name.startswith("{"))
            yield from (rule.about(thing, tag=thing.tag, attribute=name[:60]) for name in unknown)


RULE = Rule(
    code="EF-C100",
    name="attribute-known",
    family="schema",
    severity="warning",
    source="BPMN 2.0.2 §8.3.3, §15.3",
    why="A misspelled attribute is passed over, and whoever wrote it believes that it works.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" isForCompensation="false" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" isForCompensaton="false" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""The definitions have a target namespace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from egov_flow.bpmn import Splice, set_attribute
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    yield from (rule.about(thing) for thing in sheet.of("definitions") if not thing.get("targetNamespace"))


def _mend(subject: Subject, _: Finding) -> Iterable[Splice]:
    model = subject.procedure.model
    return [set_attribute(model.source, model.origin, "targetNamespace", "http://bpmn.io/schema/bpmn")]


RULE = Rule(
    code="EF-C103",
    name="target-namespace",
    family="schema",
    severity="warning",
    source="BPMN 2.0.2 §8.2.1",
    why="Tools that follow the schema refuse the file.",
    look=_look,
    mend=_mend,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D"><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process></definitions>"
        )
    ),
)

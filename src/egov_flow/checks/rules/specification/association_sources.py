# SPDX-License-Identifier: Apache-2.0
"""A data association without transformation has one source at most."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for association in sheet.kind("DataAssociation"):
        count = len(association.refs("sourceRef"))
        if count > 1 and association.child("transformation") is None:
            yield rule.about(association, count=count)


RULE = Rule(
    code="EF-C245",
    name="association-sources",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.1",
    why="Nobody could say which of the sources the target receives.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><dataObject id="X" /><task id="A" name="Examine"><ioSpecification>'
            '<dataInput id="I" /><inputSet><dataInputRefs>I</dataInputRefs></inputSet><outputSet /></ioSpecification>'
            "<dataInputAssociation><sourceRef>X</sourceRef><targetRef>I</targetRef></dataInputAssociation></task>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><dataObject id="X" /><dataObject id="Y" /><task id="A" name="Examine">'
            '<ioSpecification><dataInput id="I" /><inputSet><dataInputRefs>I</dataInputRefs></inputSet><outputSet />'
            "</ioSpecification><dataInputAssociation><sourceRef>X</sourceRef><sourceRef>Y</sourceRef><targetRef>I</targetRef>"
            '</dataInputAssociation></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

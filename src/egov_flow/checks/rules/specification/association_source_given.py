# SPDX-License-Identifier: Apache-2.0
"""A data association says where the data comes from."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for association in sheet.kind("DataAssociation"):
        if not association.kids("sourceRef", "transformation", "assignment"):
            yield rule.about(association)


RULE = Rule(
    code="EF-C246",
    name="association-source-given",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.4.1",
    why="Nothing is moved.",
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
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><ioSpecification><dataInput id="I" /><inputSet>'
            "<dataInputRefs>I</dataInputRefs></inputSet><outputSet /></ioSpecification><dataInputAssociation>"
            '<targetRef>I</targetRef></dataInputAssociation></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Source and target of a data association have the same type, unless a transformation says how one becomes the other."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for association in sheet.kind("DataAssociation"):
        if association.kids("transformation", "assignment"):
            continue
        targets = association.refs("targetRef")
        theirs = sheet.structure(targets[0]) if targets else ""
        for source in association.refs("sourceRef"):
            ours = sheet.structure(source)
            if ours and theirs and ours != theirs:
                yield rule.about(association, related=[source, *targets], ours=ours, theirs=theirs)


RULE = Rule(
    code="EF-C247",
    name="association-types",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.1",
    why="The target would receive data that it does not understand.",
    look=_look,
    good=Example(
        bpmn=(
            '<itemDefinition id="Item1" structureRef="request" /><process id="P"><startEvent id="S" name="Asked" />'
            '<dataObject id="X" itemSubjectRef="Item1" /><task id="A" name="Examine"><ioSpecification>'
            '<dataInput id="I" itemSubjectRef="Item1" /><inputSet><dataInputRefs>I</dataInputRefs></inputSet><outputSet />'
            "</ioSpecification><dataInputAssociation><sourceRef>X</sourceRef><targetRef>I</targetRef></dataInputAssociation></task>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<itemDefinition id="Item1" structureRef="request" /><itemDefinition id="Item2" structureRef="decision" />'
            '<process id="P"><startEvent id="S" name="Asked" /><dataObject id="X" itemSubjectRef="Item1" />'
            '<task id="A" name="Examine"><ioSpecification><dataInput id="I" itemSubjectRef="Item2" /><inputSet>'
            "<dataInputRefs>I</dataInputRefs></inputSet><outputSet /></ioSpecification><dataInputAssociation>"
            '<sourceRef>X</sourceRef><targetRef>I</targetRef></dataInputAssociation></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

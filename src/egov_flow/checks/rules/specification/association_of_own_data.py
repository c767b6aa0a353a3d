# SPDX-License-Identifier: Apache-2.0
"""A data input association ends at an input of its own element, and a data output association begins at an output of it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]

OUTSIDE = ("DataObject", "DataObjectReference", "DataStore", "DataStoreReference")
"""What an activity reads from and writes to; it is never the end inside it."""


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for association in sheet.kind("DataAssociation"):
        tag, word = ("targetRef", "input") if association.tag == "dataInputAssociation" else ("sourceRef", "output")
        for reference in association.refs(tag):
            data = sheet.ids.get(reference)
            if data is None or data.type is None:
                continue
            is_elsewhere = data.inside("FlowNode") not in (None, association.parent) if data.is_a("DataInput", "DataOutput") else False
            if is_elsewhere or data.is_a(*OUTSIDE):
                yield rule.about(association, related=[reference], tag=tag, reference=reference, word=word)


RULE = Rule(
    code="EF-C248",
    name="association-of-own-data",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.1",
    why="The data would be read from or written to another activity behind its back.",
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
            '<startEvent id="S" name="Asked" /><dataObject id="X" /><task id="A" name="Examine"><ioSpecification>'
            '<dataInput id="I" /><inputSet><dataInputRefs>I</dataInputRefs></inputSet><outputSet /></ioSpecification></task>'
            '<task id="B" name="Decide"><dataInputAssociation><sourceRef>X</sourceRef><targetRef>I</targetRef>'
            '</dataInputAssociation></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
)

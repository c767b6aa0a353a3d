# SPDX-License-Identifier: Apache-2.0
"""An input or output set names data of its own specification."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import name_only
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


TAGS = ("dataInputRefs", "dataOutputRefs")


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for found in sheet.of("inputSet", "outputSet"):
        for child in found.kids(*TAGS):
            data = sheet.ids.get(name_only(child.text))
            if data is not None and data.is_a("DataInput", "DataOutput") and data.parent is not found.parent:
                yield rule.about(found, related=[data.id], tag=child.tag, reference=data.name or data.id)


RULE = Rule(
    code="EF-C242",
    name="set-of-own-data",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.1",
    why="The set would ask for data that the activity does not have.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><ioSpecification><dataInput id="I" /><inputSet>'
            '<dataInputRefs>I</dataInputRefs></inputSet><outputSet /></ioSpecification></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><ioSpecification><dataInput id="I" /><inputSet>'
            '<dataInputRefs>I</dataInputRefs></inputSet><outputSet /></ioSpecification></task><task id="B" name="Decide">'
            "<ioSpecification><inputSet><dataInputRefs>I</dataInputRefs></inputSet><outputSet /></ioSpecification></task>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
)

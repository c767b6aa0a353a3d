# SPDX-License-Identifier: Apache-2.0
"""An input set and an output set that belong together name each other."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for found in sheet.of("inputSet", "outputSet"):
        there, back = ("outputSetRefs", "inputSetRefs") if found.tag == "inputSet" else ("inputSetRefs", "outputSetRefs")
        for reference in found.refs(there):
            other = sheet.ids.get(reference)
            if other is not None and other.is_a("InputSet", "OutputSet") and not other.names(back, found.id):
                yield rule.about(found, related=[reference], reference=reference)


RULE = Rule(
    code="EF-C244",
    name="sets-name-each-other",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.1",
    why="The pair says which outputs follow from which inputs; told by one side only, tools disagree.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><ioSpecification><inputSet id="In">'
            '<outputSetRefs>Out</outputSetRefs></inputSet><outputSet id="Out"><inputSetRefs>In</inputSetRefs></outputSet>'
            '</ioSpecification></task><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><ioSpecification><inputSet id="In">'
            '<outputSetRefs>Out</outputSetRefs></inputSet><outputSet id="Out" /></ioSpecification></task>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

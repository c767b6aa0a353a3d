# SPDX-License-Identifier: Apache-2.0
"""A data output belongs to at least one output set."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for held in subject.sheet.of("ioSpecification"):
        named = {reference for found in held.kids("outputSet") for reference in found.refs("dataOutputRefs")}
        yield from (rule.about(data) for data in held.kids("dataOutput") if data.id not in named)


RULE = Rule(
    code="EF-C241",
    name="output-in-set",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.1",
    why="The activity would never give it.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><ioSpecification><dataOutput id="O" /><inputSet />'
            '<outputSet><dataOutputRefs>O</dataOutputRefs></outputSet></ioSpecification></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><ioSpecification><dataOutput id="O" /><inputSet />'
            '<outputSet /></ioSpecification></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A data input belongs to at least one input set."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for held in subject.sheet.of("ioSpecification"):
        named = {reference for found in held.kids("inputSet") for reference in found.refs("dataInputRefs")}
        yield from (rule.about(data) for data in held.kids("dataInput") if data.id not in named)


RULE = Rule(
    code="EF-C240",
    name="input-in-set",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.1",
    why="The activity would never ask for it.",
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
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><ioSpecification><dataInput id="I" /><inputSet />'
            '<outputSet /></ioSpecification></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

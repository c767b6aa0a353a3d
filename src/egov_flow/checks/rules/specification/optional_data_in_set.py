# SPDX-License-Identifier: Apache-2.0
"""What is optional, or needed while executing, belongs to the same set."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for found in sheet.of("inputSet", "outputSet"):
        word = "Input" if found.tag == "inputSet" else "Output"
        held = set(found.refs(f"data{word}Refs"))
        for tag in (f"optional{word}Refs", f"whileExecuting{word}Refs"):
            for reference in found.refs(tag):
                if reference not in held:
                    yield rule.about(found, related=[reference], tag=tag, reference=reference)


RULE = Rule(
    code="EF-C243",
    name="optional-data-in-set",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.1",
    why="The set says that something it does not hold may be missing.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><ioSpecification><dataInput id="I" />'
            '<dataInput id="J" /><inputSet><dataInputRefs>I</dataInputRefs><dataInputRefs>J</dataInputRefs>'
            "<optionalInputRefs>J</optionalInputRefs></inputSet><outputSet /></ioSpecification></task>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><ioSpecification><dataInput id="I" />'
            '<dataInput id="J" /><inputSet><dataInputRefs>I</dataInputRefs><optionalInputRefs>J</optionalInputRefs></inputSet>'
            "<inputSet><dataInputRefs>J</dataInputRefs></inputSet><outputSet /></ioSpecification></task>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

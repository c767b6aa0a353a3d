# SPDX-License-Identifier: Apache-2.0
"""An activity is repeated in one way: by a loop, or by several instances."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("Activity"):
        count = len(node.kids("standardLoopCharacteristics", "multiInstanceLoopCharacteristics"))
        if count > 1:
            yield rule.about(node, count=count)


RULE = Rule(
    code="EF-C217",
    name="one-loop",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.8",
    why="Nobody could say whether the instances are repeated or the repetitions multiplied.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><multiInstanceLoopCharacteristics>'
            '<loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><standardLoopCharacteristics>'
            "<loopCondition>open</loopCondition></standardLoopCharacteristics><multiInstanceLoopCharacteristics>"
            '<loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

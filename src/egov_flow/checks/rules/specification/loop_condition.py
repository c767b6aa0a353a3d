# SPDX-License-Identifier: Apache-2.0
"""A loop says when it ends."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for loop in sheet.of("standardLoopCharacteristics"):
        if loop.child("loopCondition") is None and not loop.get("loopMaximum"):
            yield rule.about(loop)


RULE = Rule(
    code="EF-C221",
    name="loop-condition",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.3.8",
    why="Nobody but the performer knows when the activity is done.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><standardLoopCharacteristics>'
            '<loopCondition>open</loopCondition></standardLoopCharacteristics></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><standardLoopCharacteristics /></task>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

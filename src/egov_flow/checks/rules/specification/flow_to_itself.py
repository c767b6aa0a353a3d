# SPDX-License-Identifier: Apache-2.0
"""A sequence flow does not lead back to the element that it leaves."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for flow in sheet.of("sequenceFlow"):
        if flow.ref("sourceRef") and flow.ref("sourceRef") == flow.ref("targetRef"):
            yield rule.about(flow, related=[flow.ref("sourceRef")])


RULE = Rule(
    code="EF-C135",
    name="flow-to-itself",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §8.4.13",
    why="The case goes round at once; a repetition is drawn with a loop marker or a gateway.",
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
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="F" sourceRef="A" targetRef="A" />'
        )
    ),
)

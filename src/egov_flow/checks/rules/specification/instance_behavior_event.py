# SPDX-License-Identifier: Apache-2.0
"""A multi-instance activity that throws an event says which."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for loop in sheet.of("multiInstanceLoopCharacteristics"):
        behavior = loop.get("behavior", "All")
        attribute = {"One": "oneBehaviorEventRef", "None": "noneBehaviorEventRef"}.get(behavior, "")
        if attribute and not loop.get(attribute):
            yield rule.about(loop, behavior=behavior, attribute=attribute)
        elif behavior == "Complex" and loop.child("complexBehaviorDefinition") is None:
            yield rule.about(loop, behavior=behavior, attribute="complexBehaviorDefinition")


RULE = Rule(
    code="EF-C220",
    name="instance-behavior-event",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.8",
    why="The behavior asks for an event at the first or at each completion, and there is none.",
    look=_look,
    good=Example(
        bpmn=(
            '<signalEventDefinition id="D" /><process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine">'
            '<multiInstanceLoopCharacteristics behavior="One" oneBehaviorEventRef="D"><loopCardinality>3</loopCardinality>'
            '</multiInstanceLoopCharacteristics></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><multiInstanceLoopCharacteristics behavior="One">'
            '<loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A scope has one catching link of a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for scope in sheet.kind("FlowElementsContainer"):
        named = [(event, d.name) for event in scope.kids("intermediateCatchEvent") for d in event.kids("linkEventDefinition")]
        counts = Counter(name for _, name in named)
        for event, name in named:
            if counts[name] > 1:
                yield rule.about(event, count=counts[name], name=name)


RULE = Rule(
    code="EF-C170",
    name="link-once",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.5",
    why="Nobody could say where the case goes on.",
    covers=("EF-K075",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><intermediateThrowEvent id="T" name="Go on">'
            '<linkEventDefinition id="L" name="go on" /></intermediateThrowEvent>'
            '<sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" /><endEvent id="E" name="Answered" />'
            '<intermediateCatchEvent id="W"><linkEventDefinition id="L2" name="go on" /></intermediateCatchEvent>'
            '<sequenceFlow id="Flow_W_A" sourceRef="W" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<intermediateThrowEvent id="T" name="Go on"><linkEventDefinition id="L" name="go on" /></intermediateThrowEvent>'
            '<sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" /><endEvent id="E" name="Answered" />'
            '<intermediateCatchEvent id="W"><linkEventDefinition id="L2" name="go on" /></intermediateCatchEvent>'
            '<intermediateCatchEvent id="V"><linkEventDefinition id="L3" name="go on" /></intermediateCatchEvent>'
            '<sequenceFlow id="Flow_W_A" sourceRef="W" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_V_B" sourceRef="V" targetRef="B" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
)

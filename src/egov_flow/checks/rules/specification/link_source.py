# SPDX-License-Identifier: Apache-2.0
"""Every catching link has a throwing link in the same scope: of its name, or named as its source."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.rules.specification._links import CATCHING, THROWING, loose
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for event, link in loose(subject.sheet, CATCHING, THROWING, "source"):
        yield rule.about(event, name=link.name)


RULE = Rule(
    code="EF-C169",
    name="link-source",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.5",
    why="What follows the link is never reached.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><intermediateThrowEvent id="T" name="Go on">'
            '<linkEventDefinition id="L" name="go on" /></intermediateThrowEvent>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_T" sourceRef="A" targetRef="T" />'
            '<endEvent id="E" name="Answered" /><intermediateCatchEvent id="W"><linkEventDefinition id="L2" name="go on" />'
            '</intermediateCatchEvent><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<intermediateCatchEvent id="W"><linkEventDefinition id="L2" name="go on" /></intermediateCatchEvent>'
            '<task id="B" name="Decide" /><sequenceFlow id="Flow_W_B" sourceRef="W" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
)

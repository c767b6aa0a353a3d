# SPDX-License-Identifier: Apache-2.0
"""A throwing link has no outgoing and a catching link no incoming sequence flow."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("intermediateThrowEvent"):
        if "link" in sheet.triggers(node):
            yield from (rule.about(node, related=[flow.id]) for flow in sheet.outgoing(node))
    for node in sheet.of("intermediateCatchEvent"):
        if "link" in sheet.triggers(node):
            yield from (rule.about(node, related=[flow.id]) for flow in sheet.incoming(node))


RULE = Rule(
    code="EF-C171",
    name="link-flows",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="A link is one flow cut in two: at the throw it goes away, at the catch it comes back.",
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
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><intermediateThrowEvent id="T" name="Go on">'
            '<linkEventDefinition id="L" name="go on" /></intermediateThrowEvent>'
            '<sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" /><sequenceFlow id="Flow_T_A" sourceRef="T" targetRef="A" />'
            '<endEvent id="E" name="Answered" /><intermediateCatchEvent id="W"><linkEventDefinition id="L2" name="go on" />'
            '</intermediateCatchEvent><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A mixed gateway has several ways in and several ways out."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("Gateway"):
        incoming, outgoing = len(sheet.incoming(node)), len(sheet.outgoing(node))
        if node.get("gatewayDirection") == "Mixed" and (incoming < 2 or outgoing < 2):
            yield rule.about(node, incoming=incoming, outgoing=outgoing)


RULE = Rule(
    code="EF-C192",
    name="mixed-gateway",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §8.4.9, §10.6.1",
    why="The direction says that it joins and splits, and the flows say something else.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="G" gatewayDirection="Unspecified" />'
            '<task id="A" name="Examine" /><task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="G" gatewayDirection="Mixed" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A complex gateway that joins has an activation condition."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("complexGateway"):
        count = len(sheet.incoming(node))
        if count > 1 and node.child("activationCondition") is None:
            yield rule.about(node, count=count)


RULE = Rule(
    code="EF-C201",
    name="complex-gateway-condition",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.6.5",
    why="Without one nobody knows how many of its incoming flows it waits for.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="G" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><complexGateway id="J" name="Two of three">'
            '<activationCondition>activationCount >= 2</activationCondition></complexGateway><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" />'
            '<sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" /><sequenceFlow id="Flow_J_E" sourceRef="J" targetRef="E" />'
            '<sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" /><sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="G" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><complexGateway id="J" name="Two of three" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" />'
            '<sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" /><sequenceFlow id="Flow_J_E" sourceRef="J" targetRef="E" />'
            '<sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" /><sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Inclusive gateways are used with care."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("inclusiveGateway"):
        count = len(sheet.incoming(node))
        if count > 1:
            yield rule.about(node, count=count)


RULE = Rule(
    code="EF-C327",
    name="no-inclusive-gateway",
    family="guidance",
    severity="info",
    why="Whether an inclusive join still waits depends on every other token: hard to see on paper.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="G" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><parallelGateway id="J" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" />'
            '<sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" /><sequenceFlow id="Flow_J_E" sourceRef="J" targetRef="E" />'
            '<sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" /><sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><inclusiveGateway id="G" name="Which?" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><inclusiveGateway id="J" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" />'
            '<sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" /><sequenceFlow id="Flow_J_E" sourceRef="J" targetRef="E" />'
            '<sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" /><sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" />'
        )
    ),
)

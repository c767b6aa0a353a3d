# SPDX-License-Identifier: Apache-2.0
"""Gateways that only join have no name."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("Gateway"):
        if node.name.strip().endswith("?") and len(sheet.incoming(node)) > 1 and len(sheet.outgoing(node)) < 2:
            yield rule.about(node)


RULE = Rule(
    code="EF-C337",
    name="superfluous-label",
    family="guidance",
    severity="info",
    why="A question is asked where nothing is decided.",
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
            '<startEvent id="S" name="Asked" /><parallelGateway id="G" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><parallelGateway id="J" name="Complete?" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" />'
            '<sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" /><sequenceFlow id="Flow_J_E" sourceRef="J" targetRef="E" />'
            '<sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" /><sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" />'
        )
    ),
)

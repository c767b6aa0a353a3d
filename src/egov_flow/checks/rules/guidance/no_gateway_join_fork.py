# SPDX-License-Identifier: Apache-2.0
"""A gateway joins or splits, not both."""

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
        if incoming > 1 and outgoing > 1 and node.tag != "eventBasedGateway":  # it waits again each time it is reached
            yield rule.about(node, incoming=incoming, outgoing=outgoing)


RULE = Rule(
    code="EF-C325",
    name="no-gateway-join-fork",
    family="guidance",
    severity="warning",
    why="A reader cannot tell what the gateway waits for and what it decides.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="G" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><parallelGateway id="J" /><task id="C" name="Archive" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" />'
            '<sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" /><sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" />'
            '<sequenceFlow id="Flow_J_C" sourceRef="J" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
            '<sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" /><sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="G" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><parallelGateway id="J" /><task id="C" name="Archive" /><task id="D" name="Tell" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" />'
            '<sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" /><sequenceFlow id="Flow_A_J" sourceRef="A" targetRef="J" />'
            '<sequenceFlow id="Flow_J_C" sourceRef="J" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
            '<sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" /><sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" />'
            '<sequenceFlow id="Flow_J_D" sourceRef="J" targetRef="D" /><sequenceFlow id="Flow_D_E" sourceRef="D" targetRef="E" />'
        )
    ),
)

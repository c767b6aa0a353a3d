# SPDX-License-Identifier: Apache-2.0
"""A flow that leaves a choosing gateway has a name or a condition that says when it is taken."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("exclusiveGateway", "inclusiveGateway"):
        flows = sheet.outgoing(node)
        for flow in flows if len(flows) > 1 else ():
            if not flow.name.strip() and flow.id != node.ref("default"):
                yield rule.about(flow, related=[node.id], gateway=node.name or node.id)


RULE = Rule(
    code="EF-C320",
    name="label-required-flow",
    family="guidance",
    severity="warning",
    why="A reader of the printed diagram cannot tell the ways apart.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="Yes" name="yes" sourceRef="Gate" targetRef="A" />'
            '<sequenceFlow id="No" name="no" sourceRef="Gate" targetRef="B" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_Gate_A" sourceRef="Gate" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="No" sourceRef="Gate" targetRef="B" />'
        )
    ),
)

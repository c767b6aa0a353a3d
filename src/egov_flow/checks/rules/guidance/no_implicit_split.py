# SPDX-License-Identifier: Apache-2.0
"""An activity that leads to several others does so by a gateway."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in (*sheet.kind("Activity"), *sheet.kind("Event")):
        flows = [flow for flow in sheet.outgoing(node) if flow.child("conditionExpression") is None and flow.id != node.ref("default")]
        if len(flows) > 1:
            yield rule.about(node, related=[flow.id for flow in flows], count=len(flows), kind=node.tag)


RULE = Rule(
    code="EF-C323",
    name="no-implicit-split",
    family="guidance",
    severity="warning",
    why="Several flows out of an activity are all taken at once; most readers take them for a choice.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><parallelGateway id="G" />'
            '<task id="B" name="Decide" /><task id="C" name="Archive" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_G" sourceRef="A" targetRef="G" />'
            '<sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="Flow_G_C" sourceRef="G" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<task id="C" name="Archive" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" /><sequenceFlow id="Flow_A_C" sourceRef="A" targetRef="C" />'
            '<sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
)

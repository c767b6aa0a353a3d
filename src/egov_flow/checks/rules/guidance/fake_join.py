# SPDX-License-Identifier: Apache-2.0
"""Flows that meet do so at a gateway."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


SPLITS = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    splitting = {gateway.parent for tag in SPLITS for gateway in sheet.of(tag)}
    for node in sheet.kind("Activity"):
        if len(sheet.incoming(node)) > 1 and node.parent in splitting:
            yield rule.about(node, related=[flow.id for flow in sheet.incoming(node)], count=len(sheet.incoming(node)), kind=node.tag)


RULE = Rule(
    code="EF-C324",
    name="fake-join",
    family="guidance",
    severity="warning",
    why="An element with several ways in is done once for each token; most readers take it for a join.",
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
            '<task id="B" name="Decide" /><task id="C" name="Archive" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" />'
            '<sequenceFlow id="Flow_A_C" sourceRef="A" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
            '<sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" /><sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" />'
        )
    ),
)

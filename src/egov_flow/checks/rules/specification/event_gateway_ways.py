# SPDX-License-Identifier: Apache-2.0
"""An event-based gateway has at least two ways out."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("eventBasedGateway"):
        count = len(sheet.outgoing(node))
        if count < 2 and node.inside("Process"):
            yield rule.about(node, count=count)


RULE = Rule(
    code="EF-C194",
    name="event-gateway-ways",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.6.6",
    why="With one it chooses nothing, and with none it waits for ever.",
    covers=("EF-K022",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" /><intermediateCatchEvent id="M">'
            '<messageEventDefinition id="D1" /></intermediateCatchEvent><intermediateCatchEvent id="T">'
            '<signalEventDefinition id="D2" /></intermediateCatchEvent><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_M" sourceRef="G" targetRef="M" />'
            '<sequenceFlow id="Flow_M_E" sourceRef="M" targetRef="E" /><sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" /><intermediateCatchEvent id="M">'
            '<messageEventDefinition id="D1" /></intermediateCatchEvent><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_M" sourceRef="G" targetRef="M" />'
            '<sequenceFlow id="Flow_M_E" sourceRef="M" targetRef="E" />'
        )
    ),
)

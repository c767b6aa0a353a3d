# SPDX-License-Identifier: Apache-2.0
"""An event-based gateway splits; its direction is Diverging, Mixed or unspecified."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    yield from (rule.about(node) for node in sheet.of("eventBasedGateway") if node.get("gatewayDirection") == "Converging")


RULE = Rule(
    code="EF-C193",
    name="gateway-direction-fixed",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §8.4.9, §10.6.6",
    why="It waits for the first of several events; nothing is joined.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" gatewayDirection="Diverging" />'
            '<intermediateCatchEvent id="M"><messageEventDefinition id="D1" /></intermediateCatchEvent>'
            '<intermediateCatchEvent id="T"><signalEventDefinition id="D2" /></intermediateCatchEvent>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" />'
            '<sequenceFlow id="Flow_G_M" sourceRef="G" targetRef="M" /><sequenceFlow id="Flow_M_E" sourceRef="M" targetRef="E" />'
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" gatewayDirection="Converging" />'
            '<intermediateCatchEvent id="M"><messageEventDefinition id="D1" /></intermediateCatchEvent>'
            '<intermediateCatchEvent id="T"><signalEventDefinition id="D2" /></intermediateCatchEvent>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" />'
            '<sequenceFlow id="Flow_G_M" sourceRef="G" targetRef="M" /><sequenceFlow id="Flow_M_E" sourceRef="M" targetRef="E" />'
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
)

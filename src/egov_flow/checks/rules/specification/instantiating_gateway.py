# SPDX-License-Identifier: Apache-2.0
"""An event-based gateway that starts the process has no incoming flows."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("eventBasedGateway"):
        count = len(sheet.incoming(node))
        if count and node.is_true("instantiate"):
            yield rule.about(node, count=count)


RULE = Rule(
    code="EF-C199",
    name="instantiating-gateway",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.6.6",
    why="A case would have begun already.",
    look=_look,
    good=Example(
        bpmn=(
            '<eventBasedGateway id="G" instantiate="true" /><receiveTask id="R" name="Receive" /><intermediateCatchEvent id="T">'
            '<signalEventDefinition id="D2" /></intermediateCatchEvent><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_G_R" sourceRef="G" targetRef="R" /><sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" />'
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" instantiate="true" /><receiveTask id="R" name="Receive" />'
            '<intermediateCatchEvent id="T"><signalEventDefinition id="D2" /></intermediateCatchEvent>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" />'
            '<sequenceFlow id="Flow_G_R" sourceRef="G" targetRef="R" /><sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" />'
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
)

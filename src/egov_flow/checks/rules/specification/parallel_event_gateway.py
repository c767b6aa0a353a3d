# SPDX-License-Identifier: Apache-2.0
"""Only an event-based gateway that starts the process can wait for all its events."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("eventBasedGateway"):
        if node.get("eventGatewayType") == "Parallel" and not node.is_true("instantiate"):
            yield rule.about(node)


RULE = Rule(
    code="EF-C200",
    name="parallel-event-gateway",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.6.6",
    why="Inside the flow the first event decides; a parallel wait has no meaning there.",
    look=_look,
    good=Example(
        bpmn=(
            '<eventBasedGateway id="G" instantiate="true" eventGatewayType="Parallel" /><receiveTask id="R" name="Receive" />'
            '<receiveTask id="T" name="Receive the other" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_G_R" sourceRef="G" targetRef="R" /><sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" />'
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" eventGatewayType="Parallel" />'
            '<receiveTask id="R" name="Receive" /><intermediateCatchEvent id="T"><signalEventDefinition id="D2" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" />'
            '<sequenceFlow id="Flow_G_R" sourceRef="G" targetRef="R" /><sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" />'
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A receive task behind an event-based gateway has no boundary events."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    behind = {flow.ref("targetRef") for node in sheet.of("eventBasedGateway") for flow in sheet.outgoing(node)}
    for event in sheet.of("boundaryEvent"):
        host = sheet.target(event, "attachedToRef")
        if host is not None and host.id in behind and host.tag == "receiveTask":
            yield rule.about(host, related=[event.id], event=event.name or event.id)


RULE = Rule(
    code="EF-C197",
    name="event-gateway-boundary",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.6.6",
    why="The gateway already waits for whatever else may happen.",
    covers=("EF-K021",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" /><receiveTask id="R" name="Receive" />'
            '<intermediateCatchEvent id="T"><signalEventDefinition id="D2" /></intermediateCatchEvent>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" />'
            '<sequenceFlow id="Flow_G_R" sourceRef="G" targetRef="R" /><sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" />'
            '<sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><eventBasedGateway id="G" /><receiveTask id="R" name="Receive" />'
            '<intermediateCatchEvent id="T"><signalEventDefinition id="D2" /></intermediateCatchEvent>'
            '<boundaryEvent id="B" attachedToRef="R"><signalEventDefinition id="D3" /></boundaryEvent>'
            '<task id="C" name="Archive" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_R" sourceRef="G" targetRef="R" />'
            '<sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" /><sequenceFlow id="Flow_G_T" sourceRef="G" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" /><sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" />'
            '<sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
)

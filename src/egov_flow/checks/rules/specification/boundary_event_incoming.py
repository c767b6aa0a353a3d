# SPDX-License-Identifier: Apache-2.0
"""A boundary event has no incoming sequence flow."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("boundaryEvent"):
        flows = sheet.incoming(node)
        if flows:
            yield rule.about(node, related=[flow.id for flow in flows], count=len(flows))


RULE = Rule(
    code="EF-C161",
    name="boundary-event-incoming",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="It happens because of its activity; no flow leads to it.",
    covers=("EF-K023",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="D" name="Tell" />'
            '<endEvent id="E" name="Answered" /><boundaryEvent id="B" attachedToRef="A"><signalEventDefinition id="D1" />'
            '</boundaryEvent><task id="C" name="Archive" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_D" sourceRef="A" targetRef="D" /><sequenceFlow id="Flow_D_E" sourceRef="D" targetRef="E" />'
            '<sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="D" name="Tell" />'
            '<endEvent id="E" name="Answered" /><boundaryEvent id="B" attachedToRef="A"><signalEventDefinition id="D1" />'
            '</boundaryEvent><task id="C" name="Archive" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_D" sourceRef="A" targetRef="D" /><sequenceFlow id="Flow_D_E" sourceRef="D" targetRef="E" />'
            '<sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
            '<sequenceFlow id="Flow_D_B" sourceRef="D" targetRef="B" />'
        )
    ),
)

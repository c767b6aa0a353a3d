# SPDX-License-Identifier: Apache-2.0
"""No boundary event is attached to an event sub-process."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("boundaryEvent"):
        host = sheet.target(node, "attachedToRef")
        if host is not None and host.is_true("triggeredByEvent"):
            yield rule.about(node, related=[host.id], host=host.name or host.id)


RULE = Rule(
    code="EF-C179",
    name="boundary-on-event-sub-process",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4, §10.3.5",
    why="It is no part of the normal flow: nothing waits at it while something else could happen.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<boundaryEvent id="Bo" attachedToRef="A"><signalEventDefinition id="D2" /></boundaryEvent>'
            '<task id="C" name="Archive" /><sequenceFlow id="Flow_Bo_C" sourceRef="Bo" targetRef="C" />'
            '<sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<subProcess id="X" name="Objection" triggeredByEvent="true"><startEvent id="S2"><messageEventDefinition id="D" />'
            '</startEvent><task id="B" name="Decide" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></subProcess><boundaryEvent id="Bo" attachedToRef="X">'
            '<signalEventDefinition id="D2" /></boundaryEvent><task id="C" name="Archive" />'
            '<sequenceFlow id="Flow_Bo_C" sourceRef="Bo" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
)

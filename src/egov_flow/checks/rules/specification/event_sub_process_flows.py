# SPDX-License-Identifier: Apache-2.0
"""An event sub-process has no sequence flows."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("subProcess"):
        touching = [*sheet.incoming(node), *sheet.outgoing(node)]
        if touching and node.is_true("triggeredByEvent"):
            yield rule.about(node, related=[flow.id for flow in touching], count=len(touching))


RULE = Rule(
    code="EF-C130",
    name="event-sub-process-flows",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.5",
    why="It starts by its own start event; a flow into or out of it is never taken.",
    covers=("EF-K023",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<subProcess id="X" name="Objection" triggeredByEvent="true"><startEvent id="S2"><messageEventDefinition id="D" />'
            '</startEvent><endEvent id="E2" /><sequenceFlow id="Flow_S2_E2" sourceRef="S2" targetRef="E2" /></subProcess>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<subProcess id="X" name="Objection" triggeredByEvent="true"><startEvent id="S2"><messageEventDefinition id="D" />'
            '</startEvent><endEvent id="E2" /><sequenceFlow id="Flow_S2_E2" sourceRef="S2" targetRef="E2" /></subProcess>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_A_X" sourceRef="A" targetRef="X" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""An event sub-process has exactly one start event."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("subProcess"):
        count = len(node.kids("startEvent"))
        if node.is_true("triggeredByEvent") and count != 1:
            yield rule.about(node, count=count)


RULE = Rule(
    code="EF-C150",
    name="event-sub-process-start",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.5",
    why="Nobody could say which event begins it.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<subProcess id="X" name="Objection" triggeredByEvent="true"><startEvent id="S2"><messageEventDefinition id="D" />'
            '</startEvent><task id="B" name="Decide" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></subProcess>'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<subProcess id="X" name="Objection" triggeredByEvent="true"><task id="B" name="Decide" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></subProcess>'
        )
    ),
)

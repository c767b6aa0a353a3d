# SPDX-License-Identifier: Apache-2.0
"""An event sub-process that an error or compensation starts interrupts."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("startEvent"):
        if not node.is_true("isInterrupting", default=True):
            yield from (rule.about(node, trigger=kind) for kind in sheet.triggers(node) if kind in {"error", "compensate"})


RULE = Rule(
    code="EF-C152",
    name="start-always-interrupts",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.2",
    why="After an error the activity cannot go on, and a compensation runs when it is over: nothing is left that would not be interrupted.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<subProcess id="X" name="Mend" triggeredByEvent="true"><startEvent id="S2"><errorEventDefinition id="D" />'
            '</startEvent><task id="B" name="Decide" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></subProcess>'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<subProcess id="X" name="Mend" triggeredByEvent="true"><startEvent id="S2" isInterrupting="false">'
            '<errorEventDefinition id="D" /></startEvent><task id="B" name="Decide" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></subProcess>'
        )
    ),
)

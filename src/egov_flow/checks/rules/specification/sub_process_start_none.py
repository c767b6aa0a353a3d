# SPDX-License-Identifier: Apache-2.0
"""A sub-process begins with a start event without trigger."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("startEvent"):
        owner = node.parent
        if owner is not None and owner.is_a("SubProcess") and not owner.is_true("triggeredByEvent"):
            kinds = sheet.triggers(node)
            if kinds:
                yield rule.about(node, related=[owner.id], trigger=", ".join(kinds))


RULE = Rule(
    code="EF-C149",
    name="sub-process-start-none",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.2",
    why="The flow that reaches the sub-process starts it; it would wait inside for a second reason that may never come.",
    covers=("EF-K018",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" /><subProcess id="X" name="Examine">'
            '<startEvent id="S2" /><task id="A" name="Examine" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_A" sourceRef="S2" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E2" sourceRef="A" targetRef="E2" /></subProcess>'
            '<sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" /><sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" /><subProcess id="X" name="Examine">'
            '<startEvent id="S2"><messageEventDefinition id="D" /></startEvent><task id="A" name="Examine" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_A" sourceRef="S2" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E2" sourceRef="A" targetRef="E2" /></subProcess>'
            '<sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" /><sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""An ad-hoc sub-process holds at least one activity."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("adHocSubProcess"):
        if not any(child.is_a("Activity") for child in node.children):
            yield rule.about(node)


RULE = Rule(
    code="EF-C211",
    name="ad-hoc-activities",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.5",
    why="There would be nothing to choose from.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" /><adHocSubProcess id="X" name="Examine">'
            '<task id="A" name="Examine" /><task id="B" name="Decide" /></adHocSubProcess>'
            '<sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" /><sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" /><adHocSubProcess id="X" name="Examine" />'
            '<sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" /><sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Where there is a start event, there is an end event."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for container in sheet.kind("FlowElementsContainer"):
        if container.kids("startEvent") and not container.kids("endEvent") and container.tag != "adHocSubProcess":
            yield rule.about(container)


RULE = Rule(
    code="EF-C145",
    name="start-needs-end",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.3",
    why="A reader cannot see where the work is done, and a forgotten flow looks like an end.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=('<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />')
    ),
)

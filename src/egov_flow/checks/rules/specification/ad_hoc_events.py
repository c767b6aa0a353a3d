# SPDX-License-Identifier: Apache-2.0
"""An ad-hoc sub-process has no start or end events."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("adHocSubProcess"):
        yield from (rule.about(event, related=[node.id], kind=event.tag) for event in node.kids("startEvent", "endEvent"))


RULE = Rule(
    code="EF-C212",
    name="ad-hoc-events",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.5",
    why="People choose what is done and when it is done; there is no beginning that leads to it.",
    covers=("EF-K049",),
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
            '<startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" /><adHocSubProcess id="X" name="Examine">'
            '<startEvent id="S2" /><task id="A" name="Examine" /><sequenceFlow id="Flow_S2_A" sourceRef="S2" targetRef="A" />'
            '</adHocSubProcess><sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" />'
            '<sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Two elements are connected by one flow for each reason."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    first: dict[tuple[str, ...], str] = {}
    for flow in sheet.of("sequenceFlow"):
        condition = flow.child("conditionExpression")
        ends = (flow.ref("sourceRef"), flow.ref("targetRef"), condition.text if condition else flow.name)
        if ends[0] and ends[1] and ends in first:
            yield rule.about(flow, related=[first[ends]], source=ends[0], target=ends[1])
        first.setdefault(ends, flow.id)


RULE = Rule(
    code="EF-C335",
    name="no-duplicate-sequence-flows",
    family="guidance",
    severity="warning",
    why="The second flow doubles the token, or hides behind the first.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="F2" sourceRef="A" targetRef="E" />'
        )
    ),
)

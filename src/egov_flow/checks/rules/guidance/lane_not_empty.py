# SPDX-License-Identifier: Apache-2.0
"""A lane holds something."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for lane in sheet.of("lane"):
        if not lane.kids("flowNodeRef", "childLaneSet"):
            yield rule.about(lane)


RULE = Rule(
    code="EF-C348",
    name="lane-not-empty",
    family="guidance",
    severity="info",
    why="A reader looks for the work of a role that has none.",
    look=_look,
    good=Example(
        bpmn=(
            '<laneSet id="L"><lane id="L1" name="Desk"><flowNodeRef>S</flowNodeRef><flowNodeRef>A</flowNodeRef>'
            '<flowNodeRef>E</flowNodeRef></lane></laneSet><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<laneSet id="L"><lane id="L1" name="Desk"><flowNodeRef>S</flowNodeRef><flowNodeRef>A</flowNodeRef>'
            '<flowNodeRef>E</flowNodeRef></lane><lane id="L2" name="Head" /></laneSet><startEvent id="S" name="Asked" />'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""An element stands in one lane of a lane set."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for lanes in sheet.of("laneSet", "childLaneSet"):
        first: dict[str, Thing] = {}
        for lane in lanes.kids("lane"):
            for node in dict.fromkeys(lane.refs("flowNodeRef")):
                if node in first:
                    yield rule.about(lane, related=[node, first[node].id], node=node, other=first[node].name or first[node].id)
                first.setdefault(node, lane)


RULE = Rule(
    code="EF-C262",
    name="lane-once",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.8",
    why="Two roles would have the same task, and nobody could say whose it is.",
    look=_look,
    good=Example(
        bpmn=(
            '<laneSet id="L"><lane id="L1" name="Desk"><flowNodeRef>A</flowNodeRef></lane><lane id="L2" name="Head">'
            '<flowNodeRef>S</flowNodeRef></lane></laneSet><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<laneSet id="L"><lane id="L1" name="Desk"><flowNodeRef>A</flowNodeRef></lane><lane id="L2" name="Head">'
            '<flowNodeRef>A</flowNodeRef></lane></laneSet><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

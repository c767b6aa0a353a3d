# SPDX-License-Identifier: Apache-2.0
"""Where a process has lanes, every element of it stands in one."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for process in sheet.of("process"):
        held = {reference for lanes in process.kids("laneSet") for reference in _held(lanes)}
        if held:
            nodes = [node for node in process.children if node.is_a("FlowNode") and node.tag != "boundaryEvent"]
            yield from (rule.about(node, related=[process.id]) for node in nodes if node.id not in held)


def _held(lanes: Thing) -> Iterator[str]:
    for lane in lanes.kids("lane"):
        yield from lane.refs("flowNodeRef")
        for inner in lane.kids("childLaneSet"):
            yield from _held(inner)


RULE = Rule(
    code="EF-C264",
    name="lanes-hold-all",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.8",
    why="Nobody is responsible for what stands in no lane.",
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
            '<laneSet id="L"><lane id="L1" name="Desk"><flowNodeRef>S</flowNodeRef><flowNodeRef>E</flowNodeRef></lane></laneSet>'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

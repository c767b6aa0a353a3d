# SPDX-License-Identifier: Apache-2.0
"""The lanes of one set are divided by elements of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Sheet, Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for lanes in sheet.of("laneSet", "childLaneSet"):
        kinds = {lane: kind for lane in lanes.kids("lane") if (kind := _partition(sheet, lane))}
        if len(set(kinds.values())) > 1:
            yield rule.about(lanes, related=[lane.id for lane in kinds], kinds=", ".join(sorted(set(kinds.values()))))


def _partition(sheet: Sheet, lane: Thing) -> str:
    """Return the kind of element that a lane stands for; "" if it names none."""
    named = sheet.target(lane, "partitionElementRef")
    if named is not None:
        return named.tag
    inner = lane.child("partitionElement")
    return inner.formal_type if inner is not None else ""


RULE = Rule(
    code="EF-C314",
    name="lane-partitions",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.8",
    why="Nobody could say by what the work is divided: one lane would stand for who does it, the next for what it is done to.",
    look=_look,
    good=Example(
        bpmn=(
            '<resource id="R" name="Clerk" /><resource id="Q" name="Head" /><process id="P"><laneSet id="L">'
            '<lane id="A" name="Clerk" partitionElementRef="R"><flowNodeRef>T</flowNodeRef></lane>'
            '<lane id="B" name="Head" partitionElementRef="Q"><flowNodeRef>U</flowNodeRef></lane></laneSet>'
            '<task id="T" name="Examine" /><task id="U" name="Decide" /><sequenceFlow id="Flow_T_U" sourceRef="T" targetRef="U" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<resource id="R" name="Clerk" /><message id="M" name="Request" /><process id="P"><laneSet id="L">'
            '<lane id="A" name="Clerk" partitionElementRef="R"><flowNodeRef>T</flowNodeRef></lane>'
            '<lane id="B" name="Request" partitionElementRef="M"><flowNodeRef>U</flowNodeRef></lane></laneSet>'
            '<task id="T" name="Examine" /><task id="U" name="Decide" /><sequenceFlow id="Flow_T_U" sourceRef="T" targetRef="U" />'
            "</process>"
        )
    ),
)

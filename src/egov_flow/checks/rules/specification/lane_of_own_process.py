# SPDX-License-Identifier: Apache-2.0
"""A lane holds elements of its own process."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for lane in sheet.of("lane"):
        process = lane.inside("Process")
        for reference in lane.refs("flowNodeRef"):
            node = sheet.ids.get(reference)
            if node is not None and node.is_a("FlowNode") and process is not None and node.inside("Process") is not process:
                yield rule.about(lane, related=[reference], node=node.name or reference)


RULE = Rule(
    code="EF-C263",
    name="lane-of-own-process",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.8",
    why="The work of another process would appear in this role's list.",
    covers=("EF-B015",),
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P"><laneSet id="L"><lane id="L1" name="Desk"><flowNodeRef>A</flowNodeRef></lane></laneSet>'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '</process><process id="Q"><task id="B" name="Decide" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P"><laneSet id="L"><lane id="L1" name="Desk"><flowNodeRef>B</flowNodeRef></lane></laneSet>'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '</process><process id="Q"><task id="B" name="Decide" /></process>'
        )
    ),
)

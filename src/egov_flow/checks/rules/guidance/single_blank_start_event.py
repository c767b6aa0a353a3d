# SPDX-License-Identifier: Apache-2.0
"""A process has one start event without trigger."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for container in sheet.kind("FlowElementsContainer"):
        blank = [start for start in container.kids("startEvent") if not sheet.triggers(start)]
        if len(blank) > 1:
            yield rule.about(container, related=[start.id for start in blank], count=len(blank))


RULE = Rule(
    code="EF-C328",
    name="single-blank-start-event",
    family="guidance",
    severity="warning",
    why="Whoever starts a case by hand would have to say at which of them.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" /><startEvent id="S2" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_S2_A" sourceRef="S2" targetRef="A" />'
        )
    ),
)

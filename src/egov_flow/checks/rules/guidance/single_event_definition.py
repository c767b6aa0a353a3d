# SPDX-License-Identifier: Apache-2.0
"""An event has one definition."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("Event"):
        count = len(sheet.definitions(node))
        if count > 1:
            yield rule.about(node, count=count)


RULE = Rule(
    code="EF-C329",
    name="single-event-definition",
    family="guidance",
    severity="warning",
    why="Multiple events are drawn as a pentagon that few readers know.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Wait"><signalEventDefinition id="D" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Wait"><signalEventDefinition id="D" />'
            '<messageEventDefinition id="D2" /></intermediateCatchEvent><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" /><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A process has a start event."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for process in sheet.of("process"):
        begins = [
            node
            for node in process.kids("startEvent", "receiveTask", "eventBasedGateway")
            if node.tag == "startEvent" or node.is_true("instantiate")
        ]
        if not begins and any(child.is_a("FlowNode") for child in process.children):
            yield rule.about(process)


RULE = Rule(
    code="EF-C332",
    name="start-event-required",
    family="guidance",
    severity="warning",
    why="A reader has to search for the beginning.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=('<task id="A" name="Examine" /><task id="B" name="Decide" /><sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" />')
    ),
)

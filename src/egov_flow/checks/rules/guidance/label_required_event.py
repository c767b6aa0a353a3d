# SPDX-License-Identifier: Apache-2.0
"""Catching events in the flow and at borders, and ends that differ, have names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    ends = Counter(node.parent for node in sheet.of("endEvent"))
    for node in sheet.of("intermediateCatchEvent", "boundaryEvent", "endEvent"):
        several_ends = node.tag == "endEvent" and ends[node.parent] > 1
        if not node.name.strip() and (node.tag != "endEvent" or several_ends) and "link" not in sheet.triggers(node):
            yield rule.about(node, kind=node.tag)


RULE = Rule(
    code="EF-C321",
    name="label-required-event",
    family="guidance",
    severity="warning",
    why="The history and the applicant's page show the name; without one nobody knows what happened.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Law changed"><signalEventDefinition id="D" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W"><signalEventDefinition id="D" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Two activities of a scope have different names."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for container in sheet.kind("FlowElementsContainer"):
        first: dict[str, str] = {}
        for node in container.children:
            name = " ".join(node.name.split()).lower()
            if node.is_a("Activity") and name:
                if name in first:
                    yield rule.about(node, related=[first[name]], other=first[name])
                first.setdefault(name, node.id)


RULE = Rule(
    code="EF-C343",
    name="name-unique",
    family="guidance",
    severity="warning",
    why="Lists, histories and measures cannot tell them apart.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
)

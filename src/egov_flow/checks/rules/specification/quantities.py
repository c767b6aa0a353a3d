# SPDX-License-Identifier: Apache-2.0
"""startQuantity and completionQuantity are at least one."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("Activity"):
        for attribute in ("startQuantity", "completionQuantity"):
            value = node.get(attribute)
            if value and value.lstrip("+-").isdigit() and (value.startswith("-") or not value.strip("+0")):
                yield rule.about(node, attribute=attribute, value=value[:20])


RULE = Rule(
    code="EF-C210",
    name="quantities",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3",
    why="An activity that needs no token would begin without end; one that gives none would never go on.",
    covers=("EF-K013",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" startQuantity="1" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" startQuantity="0" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

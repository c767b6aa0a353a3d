# SPDX-License-Identifier: Apache-2.0
"""A group has a category that names it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for group in sheet.of("group"):
        value = sheet.target(group, "categoryValueRef")
        if value is None or not value.get("value"):
            yield rule.about(group)


RULE = Rule(
    code="EF-C350",
    name="group-named",
    family="guidance",
    severity="info",
    why="A frame without a name groups for no reason that a reader could see.",
    look=_look,
    good=Example(
        bpmn=(
            '<category id="Cat"><categoryValue id="Cv" value="Appeal" /></category><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<group id="Gr" categoryValueRef="Cv" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" /><group id="Gr" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

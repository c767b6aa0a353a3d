# SPDX-License-Identifier: Apache-2.0
"""No extension demands to be understood."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for found in sheet.of("extension"):
        if found.is_true("mustUnderstand"):
            yield rule.about(found, definition=found.get("definition"))


RULE = Rule(
    code="EF-C282",
    name="extension-understood",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §8.3.3",
    why="The file says that its meaning is wrong without an extension that is not known here.",
    look=_look,
    good=Example(
        bpmn=(
            '<extension mustUnderstand="false" definition="other:clock" /><process id="P"><startEvent id="S" name="Asked" />'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<extension mustUnderstand="true" definition="other:clock" /><process id="P"><startEvent id="S" name="Asked" />'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

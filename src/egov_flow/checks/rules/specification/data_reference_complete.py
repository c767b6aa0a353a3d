# SPDX-License-Identifier: Apache-2.0
"""A data object or data store reference names what it refers to."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for reference in sheet.of("dataObjectReference"):
        if not reference.get("dataObjectRef"):
            yield rule.about(reference, attribute="dataObjectRef")


RULE = Rule(
    code="EF-C250",
    name="data-reference-complete",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.4.1",
    why="Two references drawn for one thing would be two things.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<dataObject id="X" /><dataObjectReference id="R" name="Request" dataObjectRef="X" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<dataObjectReference id="R" name="Request" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

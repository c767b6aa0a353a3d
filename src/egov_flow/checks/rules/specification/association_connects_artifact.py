# SPDX-License-Identifier: Apache-2.0
"""An association connects notes, data or a compensation; the order of work is drawn with sequence flows."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for association in sheet.of("association"):
        ends = [end for end in (sheet.target(association, "sourceRef"), sheet.target(association, "targetRef")) if end is not None]
        undoes = any(end.is_true("isForCompensation") or end.tag == "boundaryEvent" for end in ends)
        if len(ends) == 2 and all(end.is_a("FlowNode") for end in ends) and not undoes:
            yield rule.about(association, related=[end.id for end in ends])


RULE = Rule(
    code="EF-C279",
    name="association-connects-artifact",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §8.4.1",
    why="A reader follows the line, and the case does not.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<textAnnotation id="Note"><text>by law</text></textAnnotation><association id="As" sourceRef="A" targetRef="Note" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><association id="As" sourceRef="A" targetRef="B" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A sequence flow connects flow nodes, never artifacts, data or pools."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for flow in sheet.of("sequenceFlow"):
        for attribute in ("sourceRef", "targetRef"):
            end = sheet.target(flow, attribute)
            if end is not None and not end.is_a("FlowNode"):
                yield rule.about(flow, related=[end.id], attribute=attribute, reference=end.name or end.id, kind=end.tag)


RULE = Rule(
    code="EF-C120",
    name="sequence-flow-ends",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §7.6.1",
    why="No token can travel over it, so that a step seems to follow and never does.",
    covers=("EF-B009",),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<textAnnotation id="Note"><text>by law</text></textAnnotation>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<association id="Assoc" sourceRef="A" targetRef="Note" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<textAnnotation id="Note"><text>by law</text></textAnnotation>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_Note" sourceRef="A" targetRef="Note" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A call activity names what it calls."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    yield from (
        rule.about(node) for node in sheet.of("callActivity") if not node.get("calledElement") and not node.child("extensionElements")
    )


RULE = Rule(
    code="EF-C214",
    name="call-names-something",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.3.6",
    why="Nothing can be called.",
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><callActivity id="A" name="Object" calledElement="Q" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process><process id="Q"><startEvent id="S2" />'
            '<task id="B" name="Decide" /><endEvent id="E2" /><sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><callActivity id="A" name="Object" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

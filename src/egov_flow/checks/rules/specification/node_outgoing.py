# SPDX-License-Identifier: Apache-2.0
"""Where there is an end event, every other element leads on."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for container in sheet.kind("FlowElementsContainer"):
        if not container.kids("endEvent") or container.tag == "adHocSubProcess":
            continue
        for node in container.children:
            if not node.is_a("Activity", "Gateway", "ChoreographyActivity") or sheet.outgoing(node):
                continue
            if not node.is_true("isForCompensation") and not node.is_true("triggeredByEvent"):
                yield rule.about(node)


RULE = Rule(
    code="EF-C147",
    name="node-outgoing",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.3",
    why="A reader takes the path for unfinished, and it may be: an activity without a way out ends its path in silence.",
    covers=(
        "EF-C060",
        "EF-C334",
    ),
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
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_S_B" sourceRef="S" targetRef="B" />'
        )
    ),
)

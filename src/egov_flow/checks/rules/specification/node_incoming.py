# SPDX-License-Identifier: Apache-2.0
"""Where there is a start event, something leads to every other element."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for container in sheet.kind("FlowElementsContainer"):
        if not container.kids("startEvent") or container.tag == "adHocSubProcess":
            continue
        for node in container.children:
            if node.is_a("Activity", "Gateway", "ChoreographyActivity") and not sheet.incoming(node) and not _stands_alone(node):
                yield rule.about(node)


def _stands_alone(node: Thing) -> bool:
    """Return whether something else than a flow begins it."""
    return node.is_true("isForCompensation") or node.is_true("triggeredByEvent") or node.is_true("instantiate")


RULE = Rule(
    code="EF-C146",
    name="node-incoming",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.2",
    why="What nothing leads to is never done, or is started by some engines as a second beginning.",
    covers=(
        "EF-K030",
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
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Every element of the flow is connected."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for container in sheet.kind("FlowElementsContainer"):
        nodes = [node for node in container.children if node.is_a("FlowNode")]
        if len(nodes) < 2 or container.tag == "adHocSubProcess":
            continue
        for node in nodes:
            alone = not sheet.incoming(node) and not sheet.outgoing(node) and node.tag != "boundaryEvent"
            if alone and not node.is_true("isForCompensation") and not node.is_true("triggeredByEvent"):
                yield rule.about(node, kind=node.tag)


RULE = Rule(
    code="EF-C334",
    name="no-disconnected",
    family="guidance",
    severity="warning",
    why="A lone element is started by some tools and forgotten by others.",
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
            '<task id="A" name="Examine" /><task id="B" name="Decide" /><task id="C" name="Archive" />'
            '<sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" />'
        )
    ),
)

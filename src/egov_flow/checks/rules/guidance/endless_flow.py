# SPDX-License-Identifier: Apache-2.0
"""A way leads to an end from every element."""

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
        if not container.child("endEvent"):
            continue
        back = {node.id: [flow.ref("sourceRef") for flow in sheet.incoming(node)] for node in nodes}
        todo = [node.id for node in nodes if not sheet.outgoing(node)]
        reached = set(todo)
        while todo:
            for before in back.get(todo.pop(), ()):
                if before not in reached:
                    reached.add(before)
                    todo.append(before)
        yield from (rule.about(node) for node in nodes if node.id not in reached and node.id)


RULE = Rule(
    code="EF-C354",
    name="endless-flow",
    family="guidance",
    severity="warning",
    why="A case that gets here goes round for ever.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<endEvent id="E" name="Answered" /><exclusiveGateway id="G" name="Again?" /><exclusiveGateway id="J" />'
            '<sequenceFlow id="Flow_S_J" sourceRef="S" targetRef="J" /><sequenceFlow id="Flow_J_A" sourceRef="J" targetRef="A" />'
            '<sequenceFlow id="Flow_A_G" sourceRef="A" targetRef="G" /><sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" />'
            '<sequenceFlow id="Flow_B_J" sourceRef="B" targetRef="J" /><sequenceFlow id="Flow_G_E" sourceRef="G" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<endEvent id="E" name="Answered" /><exclusiveGateway id="G" name="Again?" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" />'
            '<sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" /><sequenceFlow id="Flow_B_A" sourceRef="B" targetRef="A" />'
            '<sequenceFlow id="Flow_G_E" sourceRef="G" targetRef="E" />'
        )
    ),
)

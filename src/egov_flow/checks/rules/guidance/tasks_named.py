# SPDX-License-Identifier: Apache-2.0
"""A task has a name, and so has a gateway at which ways part by a decision."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import FlowNode
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject, contents
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for content in contents(subject.procedure):
        yield from (rule.on(node) for node in content.nodes if not node.name.strip() and _needs_name(node))


def _needs_name(node: FlowNode) -> bool:
    if node.activity is not None:
        return not node.activity.is_event_subprocess
    return node.kind in {"exclusiveGateway", "inclusiveGateway"} and len(node.outgoing) > 1


RULE = Rule(
    code="EF-C062",
    name="label-required",
    family="guidance",
    severity="warning",
    why="The name is what people see in their task list, in the history and in every finding.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><userTask id="U" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_U" sourceRef="S" targetRef="U" /><sequenceFlow id="Flow_U_E" sourceRef="U" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><userTask id="U" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_U" sourceRef="S" targetRef="U" /><sequenceFlow id="Flow_U_E" sourceRef="U" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Every way through the diagram ends at an end event, where start or end events are drawn."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import FlowNode
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject, contents
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for content in contents(subject.procedure):
        if not any(node.kind in {"startEvent", "endEvent"} for node in content.nodes):
            continue  # a diagram without both begins and ends where its flows do (BPMN 2.0.2 §10.5.2, §10.5.3)
        yield from (rule.on(node) for node in content.nodes if not node.outgoing and not _may_end(node))


def _may_end(node: FlowNode) -> bool:
    if node.kind == "endEvent":
        return True
    activity = node.activity
    if activity is not None and (activity.is_for_compensation or activity.is_event_subprocess):
        return True
    return node.event is not None and any(definition.kind in {"link", "compensate"} for definition in node.event.definitions)


RULE = Rule(
    code="EF-C060",
    name="no-implicit-end",
    family="guidance",
    severity="warning",
    source="BPMN 2.0.2 §10.5.3",
    why="A reader cannot see whether the work ends here or the analyst forgot what comes next.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=('<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />')
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A receive task that starts the process has no incoming flow."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("receiveTask"):
        count = len(sheet.incoming(node))
        if count and node.is_true("instantiate"):
            yield rule.about(node, count=count)


RULE = Rule(
    code="EF-C222",
    name="instantiating-task",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.3",
    why="A case would have begun already.",
    look=_look,
    good=Example(
        bpmn=(
            '<receiveTask id="R" name="Receive" instantiate="true" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><receiveTask id="R" name="Receive" instantiate="true" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_R" sourceRef="S" targetRef="R" />'
            '<sequenceFlow id="Flow_R_E" sourceRef="R" targetRef="E" />'
        )
    ),
)

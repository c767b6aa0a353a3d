# SPDX-License-Identifier: Apache-2.0
"""A performer is named by a resource or by an expression, not by both, and not by none."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for role in sheet.kind("ResourceRole"):
        count = len(role.kids("resourceRef", "resourceAssignmentExpression"))
        if count != 1:
            yield rule.about(role, kind=role.tag, count=count)


RULE = Rule(
    code="EF-C228",
    name="resource-or-expression",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.1",
    why="Nobody could say who does the work.",
    look=_look,
    good=Example(
        bpmn=(
            '<resource id="R" name="Desk" /><process id="P"><startEvent id="S" name="Asked" /><userTask id="A" name="Examine">'
            '<potentialOwner><resourceRef>R</resourceRef></potentialOwner></userTask><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<resource id="R" name="Desk" /><process id="P"><startEvent id="S" name="Asked" /><userTask id="A" name="Examine">'
            "<potentialOwner><resourceRef>R</resourceRef><resourceAssignmentExpression><formalExpression>desk</formalExpression>"
            '</resourceAssignmentExpression></potentialOwner></userTask><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

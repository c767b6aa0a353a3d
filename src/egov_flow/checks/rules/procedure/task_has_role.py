# SPDX-License-Identifier: Apache-2.0
"""A person's task belongs to a role."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import HUMAN, Rule, Subject, contents
from egov_flow.errors import Finding
from egov_flow.work import role_of

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    procedure = subject.procedure
    if not procedure.roles:
        return
    for content in contents(procedure):
        for node in content.nodes:
            named = node.vendor.assignee or node.vendor.candidate_groups or node.vendor.candidate_users or node.performers
            if node.kind in HUMAN and not role_of(procedure, node.id) and not named:
                yield rule.on(node)


RULE = Rule(
    code="EF-C023",
    name="task-has-role",
    family="procedure",
    severity="warning",
    why="It appears in nobody's list.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><userTask id="U" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_U" sourceRef="S" targetRef="U" /><sequenceFlow id="Flow_U_E" sourceRef="U" targetRef="E" />'
        ),
        yaml="roles: {desk: {title: Desk}}\nlinks: {U: {role: desk}}",
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><userTask id="U" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_U" sourceRef="S" targetRef="U" /><sequenceFlow id="Flow_U_E" sourceRef="U" targetRef="E" />'
        ),
        yaml="roles: {desk: {title: Desk}}",
    ),
)

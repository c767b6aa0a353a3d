# SPDX-License-Identifier: Apache-2.0
"""A role has work: a lane, or a task linked to it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import HUMAN, Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    procedure = subject.procedure
    if not procedure.roles:
        return
    working = {*subject.roles.values()} | {link.role for link in procedure.links}
    human = any(node.kind in HUMAN for node in subject.nodes.values())
    for role in procedure.roles:
        if human and role.id not in working and not role.is_applicant:
            yield rule.at(role.place, f"roles.{role.id}")


RULE = Rule(
    code="EF-C020",
    name="role-has-lane",
    family="procedure",
    severity="warning",
    why="People who hold the role never see a task; usually its lane has another name.",
    look=_look,
    good=Example(yaml="roles: {desk: {lanes: Lane_Desk}}\n"),
    bad=Example(yaml="roles: {desk: {lanes: Lane_Desk}, archive: {title: Archive}}"),
)

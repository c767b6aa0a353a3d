# SPDX-License-Identifier: Apache-2.0
"""A lane belongs to one role."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for role in subject.procedure.roles:
        for lane in role.lanes:
            if first.setdefault(lane, role.id) != role.id:
                yield rule.at(role.place, f"roles.{role.id}.lanes", lane=lane, other=first[lane])


RULE = Rule(
    code="EF-C024",
    name="lane-of-one-role",
    family="procedure",
    severity="error",
    why="Nobody could say which role gets the tasks of the lane.",
    look=_look,
    good=Example(yaml="roles: {desk: {lanes: Lane_Desk}}"),
    bad=Example(yaml="roles: {desk: {lanes: Lane_Desk}, head: {lanes: Lane_Desk}}\nlinks: {Task_Decide: {role: head}}"),
)

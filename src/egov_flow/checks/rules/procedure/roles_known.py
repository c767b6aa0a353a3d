# SPDX-License-Identifier: Apache-2.0
"""A role or lane that procedure.yaml names is there."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject, contents
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    procedure = subject.procedure
    roles = {role.id for role in procedure.roles}
    for link in procedure.links:
        if link.role and link.role not in roles:
            yield rule.at(link.place, f"links.{link.element}.role", id=link.role, known=", ".join(sorted(roles)))
    lanes = _lanes(subject)
    for role in procedure.roles:
        for lane in role.lanes:
            if lane not in lanes:
                yield rule.at(role.place, f"roles.{role.id}.lanes", id=lane, known=", ".join(sorted(lanes - {""})))


def _lanes(subject: Subject) -> set[str]:
    """Return the ids and names of all lanes and pools."""
    names = {text for pool in subject.procedure.model.participants for text in (pool.id, pool.name)}
    for content in contents(subject.procedure):
        todo = list(content.lanes)
        while todo:
            lane = todo.pop()
            names |= {lane.id, lane.name}
            todo.extend(lane.lanes)
    return names


RULE = Rule(
    code="EF-C022",
    name="role-known",
    family="procedure",
    severity="error",
    why="The work would go to a role that nobody can hold.",
    look=_look,
    good=Example(yaml="roles: {desk: {lanes: Lane_Desk}}\nlinks: {Task_Decide: {role: desk}}"),
    bad=Example(yaml="roles: {desk: {lanes: Lane_Desk}}\nlinks: {Task_Decide: {role: chief}}"),
)

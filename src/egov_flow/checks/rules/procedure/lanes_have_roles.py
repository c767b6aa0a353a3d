# SPDX-License-Identifier: Apache-2.0
"""A lane belongs to a role of procedure.yaml, where roles are listed at all."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import HUMAN, Rule, Subject, contents
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    procedure = subject.procedure
    roles = {role.id for role in procedure.roles}
    seen: set[str] = set()
    for content in contents(procedure):
        for node in content.nodes:
            lane = procedure.lane(node.id) if roles and node.kind in HUMAN else None
            if lane is None or lane.id in seen or subject.roles[node.id] in roles:
                continue
            seen.add(lane.id)
            yield rule.at(lane.origin.place, lane.id, lane=lane.name or lane.id, known=", ".join(sorted(roles)))


RULE = Rule(
    code="EF-C021",
    name="lane-has-role",
    family="procedure",
    severity="warning",
    why="Work in the lane goes to a role of the lane's own name, which no list of people knows.",
    look=_look,
    good=Example(yaml="roles: {desk: {lanes: Lane_Desk}}\n"),
    bad=Example(yaml="roles: {head: {title: Head}}"),
)

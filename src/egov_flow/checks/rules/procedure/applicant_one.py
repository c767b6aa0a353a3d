# SPDX-License-Identifier: Apache-2.0
"""One role at most is the applicant's."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    marked = [role for role in subject.procedure.roles if role.is_applicant]
    if len(marked) > 1:
        yield rule.at(marked[1].place, f"roles.{marked[1].id}.is_applicant", roles=", ".join(role.id for role in marked))


RULE = Rule(
    code="EF-C025",
    name="applicant-one",
    family="procedure",
    severity="error",
    why="The tasks of two roles would go to one person, who may not hold the other.",
    look=_look,
    good=Example(yaml="roles: {desk: {lanes: Lane_Desk}, citizen: {is_applicant: true}}"),
    bad=Example(yaml="roles: {desk: {lanes: Lane_Desk, is_applicant: true}, citizen: {is_applicant: true}}"),
)

# SPDX-License-Identifier: Apache-2.0
"""The applicant is told how far the case is."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.procedure.applicant_role and not subject.procedure.milestones:
        yield rule.at(subject.yaml_place, "milestones")


RULE = Rule(
    code="EF-C053",
    name="milestones-given",
    family="procedure",
    severity="info",
    why="People who hear nothing ask, and complain.",
    look=_look,
    good=Example(yaml=("roles: {desk: {lanes: Lane_Desk}, citizen: {is_applicant: true}}\nmilestones: [{element: End, title: Answered}]")),
    bad=Example(yaml="roles: {desk: {lanes: Lane_Desk}, citizen: {is_applicant: true}}"),
)

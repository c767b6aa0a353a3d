# SPDX-License-Identifier: Apache-2.0
"""A clock that stops goes on again, and one that goes on was stopped."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for deadline in subject.procedure.deadlines:
        for there, missing in (("stops", "resumes"), ("resumes", "stops")):
            if getattr(deadline, there) and not getattr(deadline, missing):
                yield rule.at(deadline.place, f"deadlines.{deadline.name}.{there}", there=there, missing=missing)


RULE = Rule(
    code="EF-C035",
    name="deadline-resumes",
    family="procedure",
    severity="warning",
    why="The applicant would wait for ever, or the office would lose time that it never had.",
    look=_look,
    good=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, "
            "stops: {element: Task_Decide, on: entered}, resumes: Task_Decide, legal_basis: LAW-1}}"
        )
    ),
    bad=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, "
            "stops: Task_Decide, legal_basis: LAW-1}}"
        )
    ),
)

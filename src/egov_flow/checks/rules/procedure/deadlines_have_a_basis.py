# SPDX-License-Identifier: Apache-2.0
"""A deadline names the provision it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for deadline in subject.procedure.deadlines:
        if not deadline.legal_basis:
            yield rule.at(deadline.place, f"deadlines.{deadline.name}")


RULE = Rule(
    code="EF-C030",
    name="deadline-basis",
    family="procedure",
    severity="warning",
    why="Nobody could tell an applicant or a court why this date, and a redesign could not know whether it may change it.",
    look=_look,
    good=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, legal_basis: LAW-1}}"
        )
    ),
    bad=Example(yaml="deadlines: {answer: {amount: 10, unit: working days, ends: End}}"),
)

# SPDX-License-Identifier: Apache-2.0
"""A deadline has an end."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for deadline in subject.procedure.deadlines:
        if not deadline.ends:
            yield rule.at(deadline.place, f"deadlines.{deadline.name}.ends")


RULE = Rule(
    code="EF-C034",
    name="deadline-ends",
    family="procedure",
    severity="warning",
    why="Its clock never stops, and every case is late one day.",
    look=_look,
    good=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, legal_basis: LAW-1}}"
        )
    ),
    bad=Example(yaml=("legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, legal_basis: LAW-1}}")),
)

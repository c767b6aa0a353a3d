# SPDX-License-Identifier: Apache-2.0
"""A deadline rests on provisions that somebody has compared with their text."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    verified = {basis.id: basis.verified for basis in subject.procedure.legal_basis}
    for deadline in subject.procedure.deadlines:
        open_ones = [basis for basis in deadline.legal_basis if verified.get(basis) is False]
        if open_ones:
            yield rule.at(deadline.place, f"deadlines.{deadline.name}", basis=", ".join(open_ones))


RULE = Rule(
    code="EF-C031",
    name="deadline-verified",
    family="procedure",
    severity="info",
    why="An unverified deadline is counted and shown, but never as law.",
    look=_look,
    good=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, legal_basis: LAW-1}}"
        )
    ),
    bad=Example(
        yaml=("legal_basis: {LAW-1: {title: An act}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, legal_basis: LAW-1}}")
    ),
)

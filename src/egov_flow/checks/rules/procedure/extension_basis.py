# SPDX-License-Identifier: Apache-2.0
"""An extension rests on a provision."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for deadline in subject.procedure.deadlines:
        if deadline.extension is not None and not deadline.extension.legal_basis:
            yield rule.at(deadline.place, f"deadlines.{deadline.name}.extension")


RULE = Rule(
    code="EF-C036",
    name="extension-basis",
    family="procedure",
    severity="warning",
    why="Nobody may take more time without a law that allows it.",
    look=_look,
    good=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, "
            "legal_basis: LAW-1, extension: {amount: 7, unit: working days, legal_basis: LAW-1}}}"
        )
    ),
    bad=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, "
            "legal_basis: LAW-1, extension: {amount: 7, unit: working days}}}"
        )
    ),
)

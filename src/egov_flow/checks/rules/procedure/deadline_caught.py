# SPDX-License-Identifier: Apache-2.0
"""What the law makes of an expired deadline is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    caught = {link.expires for link in subject.procedure.links}
    for deadline in subject.procedure.deadlines:
        if deadline.on_expiry not in {"", "none"} and deadline.name not in caught:
            yield rule.at(deadline.place, f"deadlines.{deadline.name}.on_expiry", expiry=deadline.on_expiry, name=deadline.name)


RULE = Rule(
    code="EF-C037",
    name="deadline-caught",
    family="procedure",
    severity="info",
    why="The law says what happens when the office is silent, and the diagram shows nothing of it.",
    look=_look,
    good=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, legal_basis: LAW-1}}"
        )
    ),
    bad=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, "
            "legal_basis: LAW-1, on_expiry: deemed_granted}}"
        )
    ),
)

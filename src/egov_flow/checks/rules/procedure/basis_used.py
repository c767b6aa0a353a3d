# SPDX-License-Identifier: Apache-2.0
"""Something rests on a legal basis."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    procedure = subject.procedure
    cited = {basis for deadline in procedure.deadlines for basis in deadline.legal_basis}
    cited |= {deadline.extension.legal_basis for deadline in procedure.deadlines if deadline.extension is not None}
    cited |= {basis for obligation in procedure.obligations for basis in obligation.legal_basis}
    if cited:
        yield from (rule.at(basis.place, f"legal_basis.{basis.id}") for basis in procedure.legal_basis if basis.id not in cited)


RULE = Rule(
    code="EF-C039",
    name="basis-used",
    family="procedure",
    severity="info",
    why="A provision that nothing cites is a leftover, or a deadline or obligation is missing.",
    look=_look,
    good=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, legal_basis: LAW-1}}"
        )
    ),
    bad=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}, LAW-2: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, "
            "ends: End, legal_basis: LAW-1}}"
        )
    ),
)

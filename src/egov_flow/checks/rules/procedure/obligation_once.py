# SPDX-License-Identifier: Apache-2.0
"""Two obligations do not demand the same."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    first: dict[tuple[object, ...], str] = {}
    for obligation in subject.procedure.obligations:
        key = (obligation.kind, obligation.elements, obligation.condition, obligation.within)
        if key in first:
            yield rule.at(obligation.place, f"obligations.{obligation.id}", other=first[key])
        first.setdefault(key, obligation.id)


RULE = Rule(
    code="EF-C044",
    name="obligation-once",
    family="procedure",
    severity="warning",
    why="Whoever changes one forgets the other.",
    look=_look,
    good=Example(
        yaml="legal_basis: {LAW-1: {verified: true}}",
        obligations="obligations: {first: {kind: exists, elements: Task_Decide, why: because, legal_basis: LAW-1}}",
    ),
    bad=Example(
        yaml="legal_basis: {LAW-1: {verified: true}}",
        obligations=(
            "obligations: {first: {kind: exists, elements: Task_Decide, why: because, legal_basis: LAW-1}, second: {kind: exists, "
            "elements: Task_Decide, why: because, legal_basis: LAW-1}}"
        ),
    ),
)

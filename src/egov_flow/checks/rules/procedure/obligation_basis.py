# SPDX-License-Identifier: Apache-2.0
"""An obligation rests on provisions of procedure.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    known = {basis.id for basis in subject.procedure.legal_basis}
    for obligation in subject.procedure.obligations:
        for basis in obligation.legal_basis:
            if basis not in known:
                yield rule.at(obligation.place, f"obligations.{obligation.id}", id=basis, known=", ".join(sorted(known)))


RULE = Rule(
    code="EF-C043",
    name="obligation-basis",
    family="procedure",
    severity="error",
    why="A demand that no law makes cannot stop a redesign.",
    covers=("EF-C032",),
    look=_look,
    good=Example(
        yaml="legal_basis: {LAW-1: {verified: true}}",
        obligations="obligations: {first: {kind: exists, elements: Task_Decide, why: because, legal_basis: LAW-1}}",
    ),
    bad=Example(
        yaml="legal_basis: {LAW-1: {verified: true}}",
        obligations="obligations: {first: {kind: exists, elements: Task_Decide, why: because, legal_basis: LAW-9}}",
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""An obligation has what its kind needs."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding
from egov_flow.procedure import Obligation

__all__ = ["RULE"]

NEEDS = {
    "exists": (1, 99),
    "before": (2, 2),
    "responds": (2, 2),
    "not_together": (2, 99),
    "not_same_person": (2, 99),
    "within": (2, 2),
    "only_if": (1, 99),
}
"""How many elements each kind takes, from and to."""


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for obligation in subject.procedure.obligations:
        if not _is_complete(obligation):
            least, most = NEEDS[obligation.kind]
            count = str(least) if least == most else f"{least}–{most}"
            yield rule.at(obligation.place, f"obligations.{obligation.id}", kind=obligation.kind, count=count)


def _is_complete(obligation: Obligation) -> bool:
    least, most = NEEDS[obligation.kind]
    if not least <= len(set(obligation.elements)) <= most or len(set(obligation.elements)) != len(obligation.elements):
        return False
    return bool(obligation.condition) == (obligation.kind == "only_if") and bool(obligation.within) == (obligation.kind == "within")


RULE = Rule(
    code="EF-C041",
    name="obligation-complete",
    family="procedure",
    severity="error",
    why="Nobody could say what the obligation demands.",
    look=_look,
    good=Example(
        yaml="legal_basis: {LAW-1: {verified: true}}\n",
        obligations="obligations: {first: {kind: before, elements: [Task_Decide, End], why: because, legal_basis: LAW-1}}",
    ),
    bad=Example(
        yaml="legal_basis: {LAW-1: {verified: true}}\n",
        obligations="obligations: {first: {kind: before, elements: Task_Decide, why: because, legal_basis: LAW-1}}",
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""An obligation's condition is FEEL, and its time is an amount and a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from egov_flow import feel
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import FeelError, Finding
from egov_flow.procedure import Obligation
from egov_flow.procedure.vocabulary import UNITS

__all__ = ["RULE"]

_WITHIN = re.compile(rf"[1-9][0-9]{{0,4}} ({'|'.join(UNITS)})")


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for obligation in subject.procedure.obligations:
        problem = _problem(obligation)
        if problem:
            yield rule.at(obligation.place, f"obligations.{obligation.id}", problem=problem)


def _problem(obligation: Obligation) -> str:
    if obligation.within and not _WITHIN.fullmatch(obligation.within):
        return f"within: {obligation.within[:60]}"
    if obligation.condition:
        try:
            feel.compile(obligation.condition)
        except FeelError as error:
            return f"condition: {error.text().partition(chr(10))[0]}"
    return ""


RULE = Rule(
    code="EF-C042",
    name="obligation-readable",
    family="procedure",
    severity="error",
    why="Neither the proof nor a person could tell whether the obligation is kept.",
    look=_look,
    good=Example(
        yaml="legal_basis: {LAW-1: {verified: true}}\n",
        obligations=(
            "obligations: {first: {kind: within, within: 10 working days, elements: [Start, Task_Decide], why: because, legal_basis: LAW-1}}"
        ),
    ),
    bad=Example(
        yaml="legal_basis: {LAW-1: {verified: true}}\n",
        obligations=(
            "obligations: {first: {kind: only_if, condition: 'a = = b', elements: Task_Decide, why: because, legal_basis: LAW-1}}"
        ),
    ),
)

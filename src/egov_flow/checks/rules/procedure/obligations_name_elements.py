# SPDX-License-Identifier: Apache-2.0
"""An obligation names elements of the diagram."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for obligation in subject.procedure.obligations:
        for element in obligation.elements:
            if element not in subject.nodes:
                yield rule.at(obligation.place, f"obligations.{obligation.id}", id=element)


RULE = Rule(
    code="EF-C040",
    name="obligation-element",
    family="procedure",
    severity="error",
    why="What the law demands could not be proved of this diagram, or of any redesign of it.",
    look=_look,
    good=Example(
        yaml="legal_basis: {LAW-1: {verified: true}}\n",
        obligations="obligations: {first: {kind: exists, elements: Task_Decide, why: because, legal_basis: LAW-1}}",
    ),
    bad=Example(
        yaml="legal_basis: {LAW-1: {verified: true}}\n",
        obligations="obligations: {first: {kind: exists, elements: Task_Gone, why: because, legal_basis: LAW-1}}",
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Somebody looks at the procedure again."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.procedure.legal_basis and subject.procedure.review_date is None:
        yield rule.at(subject.yaml_place, "review_date")


RULE = Rule(
    code="EF-C056",
    name="review-planned",
    family="procedure",
    severity="info",
    why="Laws change, and what nobody reviews stays as it was.",
    look=_look,
    good=Example(yaml="legal_basis: {LAW-1: {verified: true}}\nreview_date: 2027-01-01"),
    bad=Example(yaml="legal_basis: {LAW-1: {verified: true}}"),
)

# SPDX-License-Identifier: Apache-2.0
"""A legal basis says where its text can be read."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for basis in subject.procedure.legal_basis:
        if not basis.source and not basis.verified:
            yield rule.at(basis.place, f"legal_basis.{basis.id}")


RULE = Rule(
    code="EF-C038",
    name="basis-source",
    family="procedure",
    severity="info",
    why="Nobody can compare the procedure with the law.",
    look=_look,
    good=Example(yaml='legal_basis: {LAW-1: {title: An act, source: "https://example.org/act"}}'),
    bad=Example(yaml="legal_basis: {LAW-1: {title: An act}}"),
)

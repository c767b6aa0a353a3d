# SPDX-License-Identifier: Apache-2.0
"""A procedure with a legal basis says what the law demands of every version."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.procedure.legal_basis and not subject.procedure.obligations:
        yield rule.at(subject.yaml_place, "legal_basis")


RULE = Rule(
    code="EF-C045",
    name="obligations-given",
    family="procedure",
    severity="info",
    why="A redesign could drop what the law demands, and nothing would stop it.",
    look=_look,
    good=Example(
        yaml="legal_basis: {LAW-1: {verified: true}}",
        obligations="obligations: {first: {kind: exists, elements: Task_Decide, why: because, legal_basis: LAW-1}}",
    ),
    bad=Example(yaml="legal_basis: {LAW-1: {verified: true}}"),
)

# SPDX-License-Identifier: Apache-2.0
"""A legal basis that is cited is listed."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding, Place

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    known = {basis.id for basis in subject.procedure.legal_basis}
    for place, where, cited in _citations(subject):
        if cited not in known:
            yield rule.at(place, where, id=cited, known=", ".join(sorted(known)))


def _citations(subject: Subject) -> Iterator[tuple[Place, str, str]]:
    for deadline in subject.procedure.deadlines:
        for basis in deadline.legal_basis:
            yield deadline.place, f"deadlines.{deadline.name}.legal_basis", basis
        if deadline.extension is not None and deadline.extension.legal_basis:
            yield deadline.place, f"deadlines.{deadline.name}.extension.legal_basis", deadline.extension.legal_basis
    for obligation in subject.procedure.obligations:
        for basis in obligation.legal_basis:
            yield obligation.place, f"obligations.{obligation.id}.legal_basis", basis


RULE = Rule(
    code="EF-C032",
    name="basis-known",
    family="procedure",
    severity="error",
    why="A citation that leads nowhere is no legal basis.",
    look=_look,
    good=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, legal_basis: LAW-1}}"
        )
    ),
    bad=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 10, unit: working days, ends: End, legal_basis: LAW-2}}"
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A deadline starts, ends, stops and resumes at elements of the diagram."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding
from egov_flow.procedure import DeadlineRule, Trigger

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for deadline in subject.procedure.deadlines:
        for word, trigger in _triggers(deadline):
            if trigger.element and trigger.element not in subject.nodes:
                yield rule.at(deadline.place, f"deadlines.{deadline.name}.{word}", id=trigger.element)


def _triggers(deadline: DeadlineRule) -> Iterator[tuple[str, Trigger]]:
    yield "starts", deadline.starts
    for word in ("ends", "stops", "resumes"):
        for trigger in getattr(deadline, word):
            yield word, trigger


RULE = Rule(
    code="EF-C033",
    name="deadline-element",
    family="procedure",
    severity="error",
    why="The clock would never start, or never end.",
    look=_look,
    good=Example(
        yaml=(
            "legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 1, unit: weeks, ends: Task_Decide, legal_basis: LAW-1}}"
        )
    ),
    bad=Example(
        yaml=("legal_basis: {LAW-1: {verified: true}}\ndeadlines: {answer: {amount: 1, unit: weeks, ends: Task_Gone, legal_basis: LAW-1}}")
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A measure has a target."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    yield from (rule.at(m.place, f"measures.{m.name}") for m in subject.procedure.measures if not m.target)


RULE = Rule(
    code="EF-C058",
    name="measure-target",
    family="procedure",
    severity="info",
    why="Nobody can say whether the figure is good.",
    look=_look,
    good=Example(yaml="measures: {cycle_time.median: {title: Time to answer, target: 10 working days}}"),
    bad=Example(yaml="measures: {cycle_time.median: {title: Time to answer}}"),
)

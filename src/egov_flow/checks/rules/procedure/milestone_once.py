# SPDX-License-Identifier: Apache-2.0
"""A moment is told once."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    seen = set()
    for milestone in subject.procedure.milestones:
        if milestone.trigger in seen:
            yield rule.at(milestone.place, "milestones", id=milestone.trigger.element or "start")
        seen.add(milestone.trigger)


RULE = Rule(
    code="EF-C057",
    name="milestone-once",
    family="procedure",
    severity="warning",
    why="The applicant would read the same news twice, or two different ones.",
    look=_look,
    good=Example(yaml="milestones: [{element: End, title: Answered}, {element: Task_Decide, title: Decided}]"),
    bad=Example(yaml="milestones: [{element: End, title: Answered}, {element: End, title: Done}]"),
)

# SPDX-License-Identifier: Apache-2.0
"""A milestone names an element of the diagram."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for milestone in subject.procedure.milestones:
        element = milestone.trigger.element
        if element and element not in subject.nodes:
            yield rule.at(milestone.place, "milestones", id=element)


RULE = Rule(
    code="EF-C050",
    name="milestone-element",
    family="procedure",
    severity="error",
    why="The applicant would never be told.",
    look=_look,
    good=Example(yaml="milestones: [{element: Task_Decide, title: Done}]"),
    bad=Example(yaml="milestones: [{element: Task_Gone, title: Done}]"),
)

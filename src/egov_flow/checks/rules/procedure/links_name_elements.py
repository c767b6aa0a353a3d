# SPDX-License-Identifier: Apache-2.0
"""A link names an element of the diagram."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    known = [*subject.nodes, *subject.flows]
    for link in subject.procedure.links:
        if link.element not in subject.nodes and link.element not in subject.flows:
            guess = difflib.get_close_matches(link.element, known, n=1, cutoff=0.6)
            yield rule.at(link.place, f"links.{link.element}", id=link.element, guess=guess[0] if guess else "…")


RULE = Rule(
    code="EF-C010",
    name="link-element",
    family="procedure",
    severity="error",
    why="What the link adds (a form, a handler, a role) would be passed over in silence, often because the element was renamed in the modeler.",
    look=_look,
    good=Example(yaml="links: {Task_Decide: {role: desk}}\nroles: {desk: {lanes: Lane_Desk}}\n"),
    bad=Example(yaml="links: {Task_Decid: {role: desk}}\nroles: {desk: {lanes: Lane_Desk}}\n"),
)

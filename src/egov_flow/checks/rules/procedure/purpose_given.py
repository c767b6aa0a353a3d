# SPDX-License-Identifier: Apache-2.0
"""A procedure says what it is for, what the citizen has in the end, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    missing = [word for word in ("purpose", "outcome", "owner") if not getattr(subject.procedure, word)]
    if subject.has_yaml and missing:
        yield rule.at(subject.yaml_place, "procedure", words=", ".join(missing))


RULE = Rule(
    code="EF-C055",
    name="purpose-given",
    family="procedure",
    severity="info",
    why="Nobody can judge a redesign without knowing what the procedure is to achieve.",
    look=_look,
    good=Example(yaml="title: Asking\npurpose: To answer\noutcome: An answer\nowner: The information office"),
    bad=Example(yaml="title: Asking"),
)

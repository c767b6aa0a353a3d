# SPDX-License-Identifier: Apache-2.0
"""A collaboration and the choreography that it refers to are both closed, or neither is."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for holder in sheet.of("collaboration"):
        for reference in holder.refs("choreographyRef"):
            other = sheet.ids.get(reference)
            if other is not None and other.is_true("isClosed") != holder.is_true("isClosed"):
                words = {"ours": str(holder.is_true("isClosed")).lower(), "theirs": str(other.is_true("isClosed")).lower()}
                yield rule.about(holder, related=[reference], reference=reference, **words)


RULE = Rule(
    code="EF-C297",
    name="closed-alike",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §9.1, §11.1",
    why="One would allow messages that the other forbids.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C" isClosed="true"><choreographyRef>D</choreographyRef></collaboration>'
            '<choreography id="D" isClosed="true" />'
        )
    ),
    bad=Example(bpmn=('<collaboration id="C" isClosed="true"><choreographyRef>D</choreographyRef></collaboration><choreography id="D" />')),
)

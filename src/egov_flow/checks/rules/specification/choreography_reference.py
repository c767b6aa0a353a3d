# SPDX-License-Identifier: Apache-2.0
"""A choreography or global conversation does not refer to a choreography."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for holder in sheet.of("choreography", "globalConversation", "globalChoreographyTask"):
        if holder.child("choreographyRef") is not None:
            yield rule.about(holder, kind=holder.tag)


RULE = Rule(
    code="EF-C271",
    name="choreography-reference",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §9.1, §11.1",
    why="Only a collaboration of pools shows a choreography between them.",
    look=_look,
    good=Example(bpmn='<collaboration id="C"><choreographyRef>D</choreographyRef></collaboration><choreography id="D" />'),
    bad=Example(bpmn='<choreography id="C"><choreographyRef>D</choreographyRef></choreography><choreography id="D" />'),
)

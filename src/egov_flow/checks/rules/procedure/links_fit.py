# SPDX-License-Identifier: Apache-2.0
"""A link adds only what its element can take."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import FlowNode
from egov_flow.checks.example import Example
from egov_flow.checks.rule import HUMAN, Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for link in subject.procedure.links:
        node = subject.nodes.get(link.element)
        if node is None and link.element not in subject.flows:
            continue
        for word in ("form", "role", "due"):
            if getattr(link, word) and not _takes(node, word):
                yield rule.at(link.place, f"links.{link.element}", word=word, type=node.kind if node else "sequenceFlow")


def _takes(node: FlowNode | None, word: str) -> bool:
    if node is None:
        return False
    if node.kind in HUMAN:
        return True
    definitions = {definition.kind for definition in node.event.definitions} if node.event else set()
    return word == "form" and (node.kind in {"receiveTask", "startEvent"} or "message" in definitions)


RULE = Rule(
    code="EF-C011",
    name="link-fits",
    family="procedure",
    severity="error",
    why="A form, role or due time on an element that nobody works on has no effect; whoever wrote it expects one.",
    look=_look,
    good=Example(yaml="links: {Task_Decide: {due: 'duration(\"P1D\")'}}"),
    bad=Example(yaml="links: {End: {due: 'duration(\"P1D\")'}}"),
)

# SPDX-License-Identifier: Apache-2.0
"""Every element of the process is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.rule import Rule, Subject, contents
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    model = subject.procedure.model
    if not any(diagram.shapes for diagram in model.diagrams):
        return  # a diagram without any drawing is told once, by its own rule
    drawn = {shape.element for diagram in model.diagrams for shape in diagram.shapes}
    drawn |= {edge.element for diagram in model.diagrams for edge in diagram.edges}
    for content in contents(subject.procedure.process):
        yield from (rule.on(node) for node in content.nodes if node.id not in drawn)
        yield from (rule.on(flow) for flow in content.flows if flow.id not in drawn)


RULE = Rule(
    code="EF-C063",
    severity="warning",
    source="BPMN 2.0.2 §12",
    why="Nobody who looks at the diagram sees it, and yet it is executed.",
    look=_look,
)

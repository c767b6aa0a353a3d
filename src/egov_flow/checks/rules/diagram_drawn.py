# SPDX-License-Identifier: Apache-2.0
"""The file holds a drawing."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    model = subject.procedure.model
    if subject.nodes and not any(diagram.shapes for diagram in model.diagrams):
        yield rule.at(model.origin.place)


RULE = Rule(
    code="EF-C064",
    severity="warning",
    source="BPMN 2.0.2 §12",
    why="A modeler cannot open a file without diagram interchange, and pictures of cases are laid out by a machine.",
    look=_look,
)

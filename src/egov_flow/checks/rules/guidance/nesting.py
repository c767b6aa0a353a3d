# SPDX-License-Identifier: Apache-2.0
"""Sub-processes are nested four deep at most."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("SubProcess"):
        depth = 1 + sum(found.is_a("SubProcess") for found in node.above())
        if depth > 4:
            yield rule.about(node, depth=depth)


RULE = Rule(
    code="EF-C339",
    name="nesting",
    family="guidance",
    severity="warning",
    why="Nobody finds a step that lies deeper.",
    look=_look,
    good=Example(bpmn='<subProcess id="X1" name="A"><subProcess id="X2" name="B" /></subProcess>'),
    bad=Example(
        bpmn=(
            '<subProcess id="X1" name="A"><subProcess id="X2" name="B"><subProcess id="X3" name="C"><subProcess id="X4" name="D">'
            '<subProcess id="X5" name="E" /></subProcess></subProcess></subProcess></subProcess>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A process that supports another names a process of its own file."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for process in sheet.of("process"):
        yield from (rule.about(process, reference=reference) for reference in process.refs("supports") if reference == process.id)


RULE = Rule(
    code="EF-C230",
    name="process-io-visible",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.1",
    why="Nobody could compare the two.",
    look=_look,
    good=Example(bpmn='<process id="P"><supports>Q</supports></process><process id="Q" processType="Public" />'),
    bad=Example(bpmn='<process id="P"><supports>P</supports></process>'),
)

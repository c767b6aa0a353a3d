# SPDX-License-Identifier: Apache-2.0
"""The process behind an open pool holds something."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for pool in sheet.of("participant"):
        process = sheet.target(pool, "processRef")
        if process is not None and process.tag == "process" and not any(child.is_a("FlowElement") for child in process.children):
            yield rule.about(process, related=[pool.id], pool=pool.name or pool.id)


RULE = Rule(
    code="EF-C353",
    name="pool-with-process",
    family="guidance",
    severity="warning",
    why="An empty pool looks like a black box, and is executed as a case that ends at once.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" name="Office" processRef="P" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(bpmn=('<collaboration id="C"><participant id="Office" name="Office" processRef="P" /></collaboration><process id="P" />')),
)

# SPDX-License-Identifier: Apache-2.0
"""A process is drawn in one pool of a collaboration."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for collaboration in sheet.of("collaboration"):
        first: dict[str, Thing] = {}
        for pool in collaboration.kids("participant"):
            process = pool.ref("processRef")
            if process and process in first:
                yield rule.about(pool, related=[first[process].id], process=process, other=first[process].name or first[process].id)
            first.setdefault(process, pool)


RULE = Rule(
    code="EF-C261",
    name="pool-once",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §9.3.1",
    why="Nobody could say whose process it is, and message flows would end in two places.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" name="Office" processRef="P" />'
            '<participant id="Ministry" name="Ministry" /></collaboration><process id="P"><startEvent id="S" name="Asked" />'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" name="Office" processRef="P" />'
            '<participant id="Ministry" name="Ministry" processRef="P" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

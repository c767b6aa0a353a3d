# SPDX-License-Identifier: Apache-2.0
"""A public process is not executed."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for process in sheet.of("process"):
        if process.get("processType") == "Public" and process.is_true("isExecutable"):
            yield rule.about(process)


RULE = Rule(
    code="EF-C231",
    name="public-process",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.1, §10.2.1",
    why="It shows what others may know of a process; the private one behind it is executed.",
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P" processType="Public" isExecutable="false"><startEvent id="S" name="Asked" />'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P" processType="Public" isExecutable="true"><startEvent id="S" name="Asked" />'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

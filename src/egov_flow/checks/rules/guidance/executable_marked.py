# SPDX-License-Identifier: Apache-2.0
"""The process that is executed says so."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    chosen = sheet.ids.get(subject.procedure.process_id)
    if chosen is not None and chosen.get("isExecutable") in {"false", "0"}:
        yield rule.about(chosen)


RULE = Rule(
    code="EF-C352",
    name="executable-marked",
    family="guidance",
    severity="info",
    why="Other tools leave a process that is not marked as executable out when the file is deployed.",
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P" isExecutable="true"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P" isExecutable="false"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
)

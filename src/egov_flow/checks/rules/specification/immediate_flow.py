# SPDX-License-Identifier: Apache-2.0
"""In a process that is executed, sequence flows are immediate."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for flow in sheet.of("sequenceFlow"):
        process = flow.inside("Process")
        if flow.get("isImmediate") in {"false", "0"} and process is not None and process.is_true("isExecutable"):
            yield rule.about(flow)


RULE = Rule(
    code="EF-C137",
    name="immediate-flow",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §8.4.13",
    why='isImmediate="false" says that something undrawn may happen between the two steps; an engine can do nothing with that.',
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
            '<process id="P" isExecutable="true"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="F" sourceRef="A" targetRef="E" isImmediate="false" /></process>'
        )
    ),
)

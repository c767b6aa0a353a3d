# SPDX-License-Identifier: Apache-2.0
"""A signal event names its signal."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for definition in sheet.of("signalEventDefinition"):
        process = definition.inside("Process")
        if not definition.ref("signalRef") and process is not None and process.is_true("isExecutable"):
            yield rule.about(definition)


RULE = Rule(
    code="EF-C178",
    name="signal-named",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.5.5",
    why="Signals are matched by their name; without one nobody hears it.",
    look=_look,
    good=Example(
        bpmn=(
            '<signal id="Sig" name="law changed" /><process id="P" isExecutable="true"><startEvent id="S" name="Asked" />'
            '<intermediateCatchEvent id="W" name="Wait"><signalEventDefinition id="D" signalRef="Sig" /></intermediateCatchEvent>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P" isExecutable="true"><startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Wait">'
            '<signalEventDefinition id="D" /></intermediateCatchEvent><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" /><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
            "</process>"
        )
    ),
)

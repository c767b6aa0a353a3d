# SPDX-License-Identifier: Apache-2.0
"""A thrown error or escalation has a code."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("endEvent", "intermediateThrowEvent"):
        process = node.inside("Process")
        if process is None or not process.is_true("isExecutable"):
            continue
        for definition in sheet.definitions(node):
            kind = definition.tag.removesuffix("EventDefinition")
            named = sheet.target(definition, f"{kind}Ref") if kind in {"error", "escalation"} else None
            if kind in {"error", "escalation"} and (named is None or not named.get(f"{kind}Code")):
                yield rule.about(node, trigger=kind)


RULE = Rule(
    code="EF-C173",
    name="thrown-code",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §8.4.3, §8.4.4",
    why="Whoever catches it looks at the code; without one it is caught by anybody or nobody.",
    look=_look,
    good=Example(
        bpmn=(
            '<error id="Err" name="Failed" errorCode="failed" /><process id="P" isExecutable="true">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Failed">'
            '<errorEventDefinition id="D" errorRef="Err" /></endEvent><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P" isExecutable="true"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Failed"><errorEventDefinition id="D" /></endEvent>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

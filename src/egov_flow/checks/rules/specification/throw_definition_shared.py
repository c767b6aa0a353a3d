# SPDX-License-Identifier: Apache-2.0
"""A definition inside a throwing event is its own; only definitions beside the processes are shared."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import name_only
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for reference in sheet.of("eventDefinitionRef"):
        definition = sheet.ids.get(name_only(reference.text))
        if definition is not None and definition.parent is not None and definition.parent.is_a("ThrowEvent"):
            yield rule.about(reference, related=[definition.parent.id], reference=definition.id)


RULE = Rule(
    code="EF-C176",
    name="throw-definition-shared",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.1",
    why="Two events would throw what one of them says; a tool that edits one changes the other.",
    covers=("EF-B011",),
    look=_look,
    good=Example(
        bpmn=(
            '<signalEventDefinition id="D" /><process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<intermediateThrowEvent id="T" name="Tell"><eventDefinitionRef>D</eventDefinitionRef></intermediateThrowEvent>'
            '<endEvent id="E" name="Told"><eventDefinitionRef>D</eventDefinitionRef></endEvent>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_T" sourceRef="A" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><intermediateThrowEvent id="T" name="Tell">'
            '<signalEventDefinition id="D" /></intermediateThrowEvent><endEvent id="E" name="Told">'
            '<eventDefinitionRef>D</eventDefinitionRef></endEvent><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_T" sourceRef="A" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
)

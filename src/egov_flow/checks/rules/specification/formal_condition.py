# SPDX-License-Identifier: Apache-2.0
"""In a process that is executed, expressions are marked as formal expressions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from egov_flow.bpmn import XSI, Splice, set_attribute, tag
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.kind("Expression"):
        slot = thing.parent.type.slot(thing.tag) if thing.parent and thing.parent.type else None
        if slot is None or slot.target != "Expression" or thing.formal_type or thing.is_a("FormalExpression") or not thing.text:
            continue
        process = thing.inside("Process")
        if process is not None and process.is_true("isExecutable"):
            yield rule.about(thing, tag=thing.tag)


def _mend(subject: Subject, finding: Finding) -> Iterable[Splice]:
    model = subject.procedure.model
    prefix = next((name for name, uri in subject.sheet.things[0].element.nsmap.items() if uri == XSI and name), "")
    found = next((t for t in subject.sheet.kind("Expression") if t.place == finding.place), None)
    if found is None or not prefix:
        return []
    return [set_attribute(model.source, found.origin, f"{prefix}:type", tag(model, "tFormalExpression"))]


RULE = Rule(
    code="EF-C136",
    name="formal-condition",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §8.4.6, §8.4.13",
    why="Without xsi:type, a tool that follows the specification to the letter takes the condition for prose.",
    look=_look,
    mend=_mend,
    good=Example(
        bpmn=(
            '<process id="P" isExecutable="true"><startEvent id="S" name="Asked" />'
            '<exclusiveGateway id="Gate" name="Complete?" default="G" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" sourceRef="Gate" targetRef="A">'
            '<conditionExpression xsi:type="tFormalExpression">complete</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="G" sourceRef="Gate" targetRef="B" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P" isExecutable="true"><startEvent id="S" name="Asked" />'
            '<exclusiveGateway id="Gate" name="Complete?" default="G" /><task id="A" name="Examine" /><task id="B" name="Decide" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" sourceRef="Gate" targetRef="A"><conditionExpression>complete</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="G" sourceRef="Gate" targetRef="B" /></process>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""An element stands where BPMN lets it stand."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


DRAWN = frozenset({"BPMNDiagram", "extensionElements"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    told = {(f.place.line, f.place.column) for f in subject.procedure.model.findings if f.code in {"EF-B005", "EF-B012", "EF-B023"}}
    for thing in sheet.things:
        parent = thing.parent
        if parent is None or parent.type is None or thing.tag in DRAWN or parent.type.slot(thing.tag) is not None:
            continue
        if (thing.place.line, thing.place.column) not in told:
            yield rule.about(thing, tag=thing.tag, parent=parent.tag)


RULE = Rule(
    code="EF-C106",
    name="child-allowed",
    family="schema",
    severity="warning",
    source="BPMN 2.0.2 §15.3",
    why="It is passed over there, as if it had been deleted.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" /><adHocSubProcess id="A" name="Examine">'
            '<task id="B" name="Decide" /><completionCondition>done</completionCondition></adHocSubProcess>'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><completionCondition>done</completionCondition></task>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

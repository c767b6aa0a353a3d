# SPDX-License-Identifier: Apache-2.0
"""What an event carries has the type of its message, signal, error or escalation."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Sheet
from egov_flow.errors import Finding

__all__ = ["RULE"]


CARRY = frozenset({"message", "signal", "error", "escalation"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for event in sheet.kind("Event"):
        carrying = [found for found in sheet.definitions(event) if found.tag.removesuffix("EventDefinition") in CARRY]
        for data, definition in zip(event.kids("dataInput", "dataOutput"), carrying, strict=False):
            named = sheet.target(definition, f"{definition.tag.removesuffix('EventDefinition')}Ref")
            theirs = _structure(sheet, (named.ref("itemRef") or named.ref("structureRef")) if named else "")
            ours = _structure(sheet, data.ref("itemSubjectRef"))
            if ours and theirs and ours != theirs:
                yield rule.about(event, related=[data.id], data=data.name or data.id, ours=ours, theirs=theirs)


def _structure(sheet: Sheet, item: str) -> str:
    """Return what an item definition describes; "" if it says nothing."""
    definition = sheet.ids.get(item)
    return definition.get("structureRef") or item if definition is not None and definition.tag == "itemDefinition" else ""


RULE = Rule(
    code="EF-C253",
    name="event-data-type",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.1",
    why="The event would hand on data that its trigger does not have.",
    look=_look,
    good=Example(
        bpmn=(
            '<itemDefinition id="Item1" structureRef="request" /><message id="M" name="Request" itemRef="Item1" /><process id="P">'
            '<startEvent id="S" name="Asked"><dataOutput id="O" itemSubjectRef="Item1" /><outputSet>'
            '<dataOutputRefs>O</dataOutputRefs></outputSet><messageEventDefinition id="D" messageRef="M" /></startEvent>'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<itemDefinition id="Item1" structureRef="request" /><itemDefinition id="Item2" structureRef="decision" />'
            '<message id="M" name="Request" itemRef="Item1" /><process id="P"><startEvent id="S" name="Asked">'
            '<dataOutput id="O" itemSubjectRef="Item2" /><outputSet><dataOutputRefs>O</dataOutputRefs></outputSet>'
            '<messageEventDefinition id="D" messageRef="M" /></startEvent><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""The data input of a service task has the type of its operation's message."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Sheet
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("Task"):
        operation, data = sheet.target(node, "operationRef"), node.child("ioSpecification")
        messages = {
            "dataInput": operation.refs("inMessageRef") if operation else [],
            "dataOutput": operation.refs("outMessageRef") if operation else [],
        }
        messages |= {"dataInput": [node.ref("messageRef")]} if node.tag == "sendTask" else {}
        messages |= {"dataOutput": [node.ref("messageRef")]} if node.tag == "receiveTask" else {}
        for kind, named in messages.items():
            message = sheet.ids.get(named[0]) if named else None
            for item in data.kids(kind) if data and message else ():
                ours, theirs = _structure(sheet, item.ref("itemSubjectRef")), _structure(sheet, message.ref("itemRef") if message else "")
                if ours != theirs and not item.name.startswith("__"):  # a placeholder of bpmn.io, which stands for the activity itself
                    yield rule.about(item, related=[node.id], data=item.name or item.id, ours=ours or "–", theirs=theirs or "–")


def _structure(sheet: Sheet, item: str) -> str:
    """Return what an item definition describes; "" if it says nothing."""
    definition = sheet.ids.get(item)
    return definition.get("structureRef") or item if definition is not None and definition.tag == "itemDefinition" else ""


RULE = Rule(
    code="EF-C225",
    name="operation-item",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.3",
    why="The service would receive data of another type than it understands.",
    look=_look,
    good=Example(
        bpmn=(
            '<itemDefinition id="Item1" structureRef="request" /><message id="M1" name="Request" itemRef="Item1" />'
            '<interface id="I" name="Register"><operation id="O" name="ask"><inMessageRef>M1</inMessageRef></operation></interface>'
            '<process id="P"><startEvent id="S" name="Asked" /><serviceTask id="T" name="Ask" operationRef="O"><ioSpecification>'
            '<dataInput id="D1" itemSubjectRef="Item1" /><inputSet><dataInputRefs>D1</dataInputRefs></inputSet><outputSet />'
            '</ioSpecification></serviceTask><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<itemDefinition id="Item1" structureRef="request" /><itemDefinition id="Item2" structureRef="decision" />'
            '<message id="M1" name="Request" itemRef="Item1" /><interface id="I" name="Register"><operation id="O" name="ask">'
            '<inMessageRef>M1</inMessageRef></operation></interface><process id="P"><startEvent id="S" name="Asked" />'
            '<serviceTask id="T" name="Ask" operationRef="O"><ioSpecification><dataInput id="D1" itemSubjectRef="Item2" />'
            "<inputSet><dataInputRefs>D1</dataInputRefs></inputSet><outputSet /></ioSpecification></serviceTask>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" /></process>'
        )
    ),
)

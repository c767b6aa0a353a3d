# SPDX-License-Identifier: Apache-2.0
"""A call activity passes exactly what the called element takes and gives."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Sheet, Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("callActivity"):
        called = sheet.target(node, "calledElement")
        if called is None or not called.is_a("CallableElement"):
            continue
        ours, theirs = node.child("ioSpecification"), called.child("ioSpecification")
        for kind in ("dataInput", "dataOutput", "inputSet", "outputSet") if ours or theirs else ():
            counts = {"ours": len(ours.kids(kind)) if ours else 0, "theirs": len(theirs.kids(kind)) if theirs else 0}
            if counts["ours"] != counts["theirs"]:
                yield rule.about(node, related=[called.id], called=called.name or called.id, kind=kind, **counts)
            elif ours and theirs and _types(sheet, ours.kids(kind)) != _types(sheet, theirs.kids(kind)):
                kinds = {"ours": ", ".join(_types(sheet, ours.kids(kind))), "theirs": ", ".join(_types(sheet, theirs.kids(kind)))}
                yield rule.about(node, related=[called.id], called=called.name or called.id, kind=kind, **kinds)


def _types(sheet: Sheet, data: list[Thing]) -> list[str]:
    """Return the types of data elements, sorted: the order that pairs them is not defined."""
    items = ((thing.ref("itemSubjectRef"), sheet.target(thing, "itemSubjectRef")) for thing in data)
    return sorted(item.get("structureRef") or name if item is not None else name for name, item in items)


RULE = Rule(
    code="EF-C216",
    name="call-interface",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.6, §10.4.1",
    why="Data would be missing in the called process, or be lost on the way back.",
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><callActivity id="A" name="Object" calledElement="Q">'
            '<ioSpecification><dataInput id="J" /><inputSet><dataInputRefs>J</dataInputRefs></inputSet><outputSet />'
            '</ioSpecification></callActivity><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '</process><process id="Q"><ioSpecification><dataInput id="I" /><inputSet><dataInputRefs>I</dataInputRefs></inputSet>'
            '<outputSet /></ioSpecification><startEvent id="S2" /><task id="B" name="Decide" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><callActivity id="A" name="Object" calledElement="Q">'
            '<ioSpecification><inputSet /><outputSet /></ioSpecification></callActivity><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '</process><process id="Q"><ioSpecification><dataInput id="I" /><inputSet><dataInputRefs>I</dataInputRefs></inputSet>'
            '<outputSet /></ioSpecification><startEvent id="S2" /><task id="B" name="Decide" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></process>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Source and target of a data association have the same type, unless a transformation says how one becomes the other."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Sheet
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for association in sheet.kind("DataAssociation"):
        if association.kids("transformation", "assignment"):
            continue
        targets = association.refs("targetRef")
        theirs = _structure(sheet, targets[0]) if targets else ""
        for source in association.refs("sourceRef"):
            ours = _structure(sheet, source)
            if ours and theirs and ours != theirs:
                yield rule.about(association, related=[source, *targets], ours=ours, theirs=theirs)


def _structure(sheet: Sheet, reference: str) -> str:
    """Return the structure of a data element's type, references followed; "" if it has none."""
    data = sheet.ids.get(reference)
    if data is None:
        return ""
    behind = sheet.ids.get(data.ref("dataObjectRef") or data.ref("dataStoreRef"))
    if data.tag.endswith("Reference") and not data.get("itemSubjectRef"):
        return _structure(sheet, behind.id) if behind is not None and behind.tag in {"dataObject", "dataStore"} else ""
    item = sheet.target(data, "itemSubjectRef")
    return item.get("structureRef") or item.id if item is not None and item.tag == "itemDefinition" else ""


RULE = Rule(
    code="EF-C247",
    name="association-types",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.2",
    why="The target would receive data that it does not understand.",
    look=_look,
    good=Example(
        bpmn=(
            '<itemDefinition id="Item1" structureRef="request" /><process id="P"><startEvent id="S" name="Asked" />'
            '<dataObject id="X" itemSubjectRef="Item1" /><task id="A" name="Examine"><ioSpecification>'
            '<dataInput id="I" itemSubjectRef="Item1" /><inputSet><dataInputRefs>I</dataInputRefs></inputSet><outputSet />'
            "</ioSpecification><dataInputAssociation><sourceRef>X</sourceRef><targetRef>I</targetRef></dataInputAssociation></task>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<itemDefinition id="Item1" structureRef="request" /><itemDefinition id="Item2" structureRef="decision" />'
            '<process id="P"><startEvent id="S" name="Asked" /><dataObject id="X" itemSubjectRef="Item1" />'
            '<task id="A" name="Examine"><ioSpecification><dataInput id="I" itemSubjectRef="Item2" /><inputSet>'
            "<dataInputRefs>I</dataInputRefs></inputSet><outputSet /></ioSpecification><dataInputAssociation>"
            '<sourceRef>X</sourceRef><targetRef>I</targetRef></dataInputAssociation></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

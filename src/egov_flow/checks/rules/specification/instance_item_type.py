# SPDX-License-Identifier: Apache-2.0
"""What each instance receives or gives is one element of the collection."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for loop in sheet.of("multiInstanceLoopCharacteristics"):
        for tag, reference in (("inputDataItem", "loopDataInputRef"), ("outputDataItem", "loopDataOutputRef")):
            one, many = loop.child(tag), [sheet.ids.get(name) for name in loop.refs(reference)]
            if one is None or not many or many[0] is None:
                continue
            item = sheet.target(one, "itemSubjectRef")
            ours, theirs = sheet.structure(one.id), sheet.structure(many[0].id)
            if (item is not None and item.is_true("isCollection")) or (ours and theirs and ours != theirs):
                yield rule.about(loop, related=[one.id, many[0].id], tag=tag, ours=ours or "–", theirs=theirs or "–")


RULE = Rule(
    code="EF-C233",
    name="instance-item-type",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.8",
    why="The instance would receive data of another type than the collection holds, or the whole collection.",
    look=_look,
    good=Example(
        bpmn=(
            '<itemDefinition id="Many" structureRef="file" isCollection="true" /><itemDefinition id="One" structureRef="file" />'
            '<process id="P"><startEvent id="S" name="Asked" /><task id="B" name="Decide"><ioSpecification>'
            '<dataInput id="I" itemSubjectRef="Many" isCollection="true" /><inputSet><dataInputRefs>I</dataInputRefs></inputSet>'
            "<outputSet /></ioSpecification><multiInstanceLoopCharacteristics><loopDataInputRef>I</loopDataInputRef>"
            '<inputDataItem id="J" itemSubjectRef="One" /></multiInstanceLoopCharacteristics></task>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_B" sourceRef="S" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<itemDefinition id="Many" structureRef="file" isCollection="true" />'
            '<itemDefinition id="Other" structureRef="letter" /><process id="P"><startEvent id="S" name="Asked" />'
            '<task id="B" name="Decide"><ioSpecification><dataInput id="I" itemSubjectRef="Many" isCollection="true" /><inputSet>'
            "<dataInputRefs>I</dataInputRefs></inputSet><outputSet /></ioSpecification><multiInstanceLoopCharacteristics>"
            '<loopDataInputRef>I</loopDataInputRef><inputDataItem id="J" itemSubjectRef="Other" />'
            '</multiInstanceLoopCharacteristics></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_B" sourceRef="S" targetRef="B" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            "</process>"
        )
    ),
)

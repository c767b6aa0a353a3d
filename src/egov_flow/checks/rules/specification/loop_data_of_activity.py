# SPDX-License-Identifier: Apache-2.0
"""The collection of a multi-instance activity is a data input of its own, or a data object for a sub-process; what comes out likewise."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for loop in sheet.of("multiInstanceLoopCharacteristics"):
        for tag in ("loopDataInputRef", "loopDataOutputRef"):
            for reference in loop.refs(tag):
                data, activity = sheet.ids.get(reference), loop.parent
                if data is None or activity is None:
                    continue
                own = data.is_a("DataInput", "DataOutput") and data.inside("Activity", "CallableElement") is activity
                seen = data.is_a("DataObject", "DataObjectReference", "DataInput", "DataOutput", "Property")
                if not own and (not activity.is_a("SubProcess") or not seen):
                    yield rule.about(loop, related=[reference], tag=tag, reference=data.name or reference)


RULE = Rule(
    code="EF-C219",
    name="loop-data-of-activity",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.8",
    why="The instances would be counted by data that the activity does not have.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide"><ioSpecification>'
            '<dataInput id="I" isCollection="true" /><inputSet><dataInputRefs>I</dataInputRefs></inputSet><outputSet />'
            "</ioSpecification><multiInstanceLoopCharacteristics><loopDataInputRef>I</loopDataInputRef>"
            '</multiInstanceLoopCharacteristics></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><task id="B" name="Decide"><ioSpecification>'
            '<dataInput id="I" isCollection="true" /><inputSet><dataInputRefs>I</dataInputRefs></inputSet><outputSet />'
            '</ioSpecification></task><task id="C" name="Ask"><multiInstanceLoopCharacteristics>'
            '<loopDataInputRef>I</loopDataInputRef></multiInstanceLoopCharacteristics></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_B" sourceRef="A" targetRef="B" />'
            '<sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
)

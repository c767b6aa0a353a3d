# SPDX-License-Identifier: Apache-2.0
"""A data association uses data of its own or a surrounding scope."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for association in sheet.kind("DataAssociation"):
        for tag in ("sourceRef", "targetRef"):
            for reference in association.refs(tag):
                data = sheet.ids.get(reference)
                if data is None or not data.is_a("DataObject", "DataObjectReference", "Property") or data.parent is None:
                    continue
                if data.parent not in list(association.above()):
                    yield rule.about(association, related=[reference], tag=tag, reference=data.name or reference)


RULE = Rule(
    code="EF-C249",
    name="data-in-reach",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.1",
    why="Data of another process, or inside another sub-process, cannot be seen from here.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><dataObject id="X" /><task id="A" name="Examine"><ioSpecification>'
            '<dataInput id="I" /><inputSet><dataInputRefs>I</dataInputRefs></inputSet><outputSet /></ioSpecification>'
            "<dataInputAssociation><sourceRef>X</sourceRef><targetRef>I</targetRef></dataInputAssociation></task>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine"><ioSpecification><dataInput id="I" />'
            "<inputSet><dataInputRefs>I</dataInputRefs></inputSet><outputSet /></ioSpecification><dataInputAssociation>"
            '<sourceRef>X</sourceRef><targetRef>I</targetRef></dataInputAssociation></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '</process><process id="Q"><dataObject id="X" /></process>'
        )
    ),
)

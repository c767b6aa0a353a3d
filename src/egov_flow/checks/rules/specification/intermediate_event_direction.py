# SPDX-License-Identifier: Apache-2.0
"""A throwing event sends messages and a catching event receives them, never the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for flow in sheet.of("messageFlow"):
        source, target = sheet.target(flow, "sourceRef"), sheet.target(flow, "targetRef")
        if source is not None and source.tag in {"intermediateCatchEvent", "boundaryEvent"}:
            yield rule.about(source, related=[flow.id], flow=flow.name or flow.id, kind=source.tag)
        if target is not None and target.tag == "intermediateThrowEvent":
            yield rule.about(target, related=[flow.id], flow=flow.name or flow.id, kind=target.tag)


RULE = Rule(
    code="EF-C127",
    name="intermediate-event-direction",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="The message would go where nobody takes it, or come from where nobody sends it.",
    look=_look,
    good=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="Applicant" targetRef="W" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Answer came"><messageEventDefinition id="D" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="Office" processRef="P" /><participant id="Applicant" />'
            '<messageFlow id="M" sourceRef="W" targetRef="Applicant" /></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Answer came"><messageEventDefinition id="D" />'
            '</intermediateCatchEvent><endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" /></process>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A process or sub-process holds no choreography activities."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("ChoreographyActivity"):
        if node.parent is not None and node.parent.is_a("Process", "SubProcess"):
            yield rule.about(node, kind=node.tag, activity=node.name or node.id)


RULE = Rule(
    code="EF-C265",
    name="process-without-choreography",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.1, §10.3.5",
    why="A choreography task happens between pools; inside one there is nobody to talk to.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<collaboration id="C"><participant id="X" name="Office" /><participant id="Y" name="Applicant" />'
            '<messageFlow id="M" sourceRef="X" targetRef="Y" /></collaboration><process id="P"><startEvent id="S" name="Asked" />'
            '<choreographyTask id="T" name="Ask" initiatingParticipantRef="X"><participantRef>X</participantRef>'
            "<participantRef>Y</participantRef><messageFlowRef>M</messageFlowRef></choreographyTask>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" /></process>'
        )
    ),
)

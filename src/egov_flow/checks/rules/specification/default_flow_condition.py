# SPDX-License-Identifier: Apache-2.0
"""A default flow has no condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from egov_flow.bpmn import Splice, remove_element
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("FlowNode"):
        flow = sheet.target(node, "default")
        if flow is not None and flow.tag == "sequenceFlow" and flow.ref("sourceRef") == node.id and flow.child("conditionExpression"):
            yield rule.about(flow, related=[node.id])


def _mend(subject: Subject, finding: Finding) -> Iterable[Splice]:
    condition = subject.sheet.ids[finding.element].child("conditionExpression")
    return [remove_element(subject.procedure.model.source, condition.origin)] if condition else []


RULE = Rule(
    code="EF-C134",
    name="default-flow-condition",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §8.4.13",
    why="The default flow is taken when no other condition holds; its own is never looked at.",
    covers=("EF-K068",),
    look=_look,
    mend=_mend,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" default="G" />'
            '<task id="A" name="Examine" /><task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" sourceRef="Gate" targetRef="A"><conditionExpression>complete</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="G" sourceRef="Gate" targetRef="B" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="Gate" name="Complete?" default="G" />'
            '<task id="A" name="Examine" /><task id="B" name="Decide" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_Gate" sourceRef="S" targetRef="Gate" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_E" sourceRef="B" targetRef="E" />'
            '<sequenceFlow id="F" sourceRef="Gate" targetRef="A"><conditionExpression>complete</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="G" sourceRef="Gate" targetRef="B"><conditionExpression>not(complete)</conditionExpression>'
            "</sequenceFlow>"
        )
    ),
)

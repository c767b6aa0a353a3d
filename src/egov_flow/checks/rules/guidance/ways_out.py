# SPDX-License-Identifier: Apache-2.0
"""A gateway has seven ways out at most."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("Gateway"):
        count = len(sheet.outgoing(node))
        if count > 7:
            yield rule.about(node, count=count)


RULE = Rule(
    code="EF-C340",
    name="ways-out",
    family="guidance",
    severity="warning",
    why="Nobody keeps more in mind, and a table says it better.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="G" name="Which?" /><task id="T1" /><task id="T2" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_T1" sourceRef="G" targetRef="T1" />'
            '<sequenceFlow id="Flow_G_T2" sourceRef="G" targetRef="T2" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_T1_E" sourceRef="T1" targetRef="E" />'
            '<sequenceFlow id="Flow_T2_E" sourceRef="T2" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><exclusiveGateway id="G" name="Which?" /><task id="T1" /><task id="T2" />'
            '<task id="T3" /><task id="T4" /><task id="T5" /><task id="T6" /><task id="T7" /><task id="T8" />'
            '<sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" /><sequenceFlow id="Flow_G_T1" sourceRef="G" targetRef="T1" />'
            '<sequenceFlow id="Flow_G_T2" sourceRef="G" targetRef="T2" />'
            '<sequenceFlow id="Flow_G_T3" sourceRef="G" targetRef="T3" />'
            '<sequenceFlow id="Flow_G_T4" sourceRef="G" targetRef="T4" />'
            '<sequenceFlow id="Flow_G_T5" sourceRef="G" targetRef="T5" />'
            '<sequenceFlow id="Flow_G_T6" sourceRef="G" targetRef="T6" />'
            '<sequenceFlow id="Flow_G_T7" sourceRef="G" targetRef="T7" />'
            '<sequenceFlow id="Flow_G_T8" sourceRef="G" targetRef="T8" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_T1_E" sourceRef="T1" targetRef="E" />'
            '<sequenceFlow id="Flow_T2_E" sourceRef="T2" targetRef="E" />'
            '<sequenceFlow id="Flow_T3_E" sourceRef="T3" targetRef="E" />'
            '<sequenceFlow id="Flow_T4_E" sourceRef="T4" targetRef="E" />'
            '<sequenceFlow id="Flow_T5_E" sourceRef="T5" targetRef="E" />'
            '<sequenceFlow id="Flow_T6_E" sourceRef="T6" targetRef="E" />'
            '<sequenceFlow id="Flow_T7_E" sourceRef="T7" targetRef="E" />'
            '<sequenceFlow id="Flow_T8_E" sourceRef="T8" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A file stands alone: what it imports is not read."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import BPMN
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for found in sheet.of("import"):
        if found.get("importType") == BPMN:
            yield rule.about(found, location=found.get("location")[:200])


RULE = Rule(
    code="EF-C281",
    name="imports-known",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §8.2.2",
    why="Elements of the imported file are unknown here; a reference to one of them is told as missing.",
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<import importType="http://www.omg.org/spec/BPMN/20100524/MODEL" location="other.bpmn" namespace="urn:other" />'
            '<process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

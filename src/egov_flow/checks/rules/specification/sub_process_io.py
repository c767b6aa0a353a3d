# SPDX-License-Identifier: Apache-2.0
"""A sub-process has no input and output specification."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("SubProcess"):
        if node.child("ioSpecification") is not None:
            yield rule.about(node)


RULE = Rule(
    code="EF-C213",
    name="sub-process-io",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.4.1",
    why="It shares the data of what is around it; only tasks and callable elements declare inputs and outputs.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" /><subProcess id="X" name="Examine">'
            '<task id="A" name="Examine" /></subProcess><sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" />'
            '<sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><endEvent id="E" name="Answered" /><subProcess id="X" name="Examine">'
            '<ioSpecification><inputSet /><outputSet /></ioSpecification><task id="A" name="Examine" /></subProcess>'
            '<sequenceFlow id="Flow_S_X" sourceRef="S" targetRef="X" /><sequenceFlow id="Flow_X_E" sourceRef="X" targetRef="E" />'
        )
    ),
)

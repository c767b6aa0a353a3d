# SPDX-License-Identifier: Apache-2.0
"""A multi-instance activity says where its instances come from."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


KINDS = ("loopCardinality", "loopDataInputRef", "extensionElements")


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for loop in sheet.of("multiInstanceLoopCharacteristics"):
        process = loop.inside("Process")
        vendor = any(name.startswith("{") for name in loop.attributes)
        if process is not None and not process.is_true("isExecutable") and not vendor and not loop.kids(*KINDS):
            yield rule.about(loop)


RULE = Rule(
    code="EF-C237",
    name="instances-described",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.3.8",
    why="A reader cannot tell how often the work is done, or for whom.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><multiInstanceLoopCharacteristics>'
            '<loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine"><multiInstanceLoopCharacteristics /></task>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

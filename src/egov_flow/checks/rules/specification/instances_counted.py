# SPDX-License-Identifier: Apache-2.0
"""A multi-instance activity says how many instances there are, in one way."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for loop in sheet.of("multiInstanceLoopCharacteristics"):
        count = len({child.tag for child in loop.kids("loopCardinality", "loopDataInputRef")})
        process = loop.inside("Process")
        executed = process is not None and process.is_true("isExecutable") and not _vendor(loop)
        if count > 1 or (executed and not count):
            yield rule.about(loop, count=count)


def _vendor(loop: Thing) -> bool:
    """Return whether a vendor's words name the collection."""
    return loop.child("extensionElements") is not None or any(name.rpartition("}")[2].endswith("ollection") for name in loop.attributes)


RULE = Rule(
    code="EF-C218",
    name="instances-counted",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.8",
    why="Nobody knows how many instances to make; or two answers contradict each other.",
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
            '<process id="P" isExecutable="true"><startEvent id="S" name="Asked" /><task id="A" name="Examine">'
            '<multiInstanceLoopCharacteristics /></task><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

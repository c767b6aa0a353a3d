# SPDX-License-Identifier: Apache-2.0
"""A name is not that of the element's type."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


TYPES = frozenset(
    {"task", "activity", "gateway", "event", "start", "startevent", "endevent", "subprocess", "process", "tugas", "kegiatan", "peristiwa"}
)


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("FlowNode"):
        if "".join(node.name.lower().split()) in {*TYPES, node.tag.lower()}:
            yield rule.about(node)


RULE = Rule(
    code="EF-C342",
    name="name-says-something",
    family="guidance",
    severity="warning",
    why='The task list shows "Task", and nobody knows what to do.',
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Task" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

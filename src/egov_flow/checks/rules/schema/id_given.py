# SPDX-License-Identifier: Apache-2.0
"""Elements that others refer to have an id."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


KINDS = ("RootElement", "Lane", "Participant", "MessageFlow", "DataObject", "DataInput", "DataOutput")


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.things:
        if not thing.id and thing.is_a(*KINDS) and thing.tag != "process" and not thing.tag.endswith("EventDefinition"):
            yield rule.about(thing, tag=thing.tag)


RULE = Rule(
    code="EF-C112",
    name="id-given",
    family="schema",
    severity="warning",
    source="BPMN 2.0.2 §8.3.1",
    why="Nothing can refer to them; findings and histories cannot name them.",
    look=_look,
    good=Example(
        bpmn=(
            '<message id="M" name="Request" /><process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<message name="Request" /><process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
)

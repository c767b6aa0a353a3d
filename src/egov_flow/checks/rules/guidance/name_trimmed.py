# SPDX-License-Identifier: Apache-2.0
"""A name has no white space around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from egov_flow.bpmn import Splice, set_attribute
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.things:
        if thing.name != thing.name.strip() and thing.name.strip() and thing.is_a("FlowNode", "SequenceFlow"):
            yield rule.about(thing)


def _mend(subject: Subject, finding: Finding) -> Iterable[Splice]:
    thing = subject.sheet.ids.get(finding.element)
    return [set_attribute(subject.procedure.model.source, thing.origin, "name", thing.name.strip())] if thing else []


RULE = Rule(
    code="EF-C345",
    name="name-trimmed",
    family="guidance",
    severity="info",
    why="Two names look alike and are not: a message does not arrive, a lane finds no role.",
    look=_look,
    mend=_mend,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine " /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

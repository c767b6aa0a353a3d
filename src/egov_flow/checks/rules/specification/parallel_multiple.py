# SPDX-License-Identifier: Apache-2.0
"""Only an event with several definitions can wait for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from egov_flow.bpmn import Splice, set_attribute
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.kind("CatchEvent"):
        count = len(sheet.triggers(node))
        if count < 2 and node.is_true("parallelMultiple"):
            yield rule.about(node, count=count)


def _mend(subject: Subject, finding: Finding) -> Iterable[Splice]:
    return [set_attribute(subject.procedure.model.source, subject.sheet.ids[finding.element].origin, "parallelMultiple", None)]


RULE = Rule(
    code="EF-C177",
    name="parallel-multiple",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.5.1",
    why="With one definition, parallelMultiple changes nothing, and a reader looks for the others.",
    look=_look,
    mend=_mend,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Wait" parallelMultiple="true">'
            '<signalEventDefinition id="D" /><messageEventDefinition id="D2" /></intermediateCatchEvent>'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" />'
            '<sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><intermediateCatchEvent id="W" name="Wait" parallelMultiple="true">'
            '<signalEventDefinition id="D" /></intermediateCatchEvent><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_W" sourceRef="S" targetRef="W" /><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""Only the start event of an event sub-process is interrupting or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from egov_flow.bpmn import Splice, set_attribute
from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("startEvent"):
        owner = node.parent
        if not node.is_true("isInterrupting", default=True) and owner is not None and not owner.is_true("triggeredByEvent"):
            yield rule.about(node)


def _mend(subject: Subject, finding: Finding) -> Iterable[Splice]:
    return [set_attribute(subject.procedure.model.source, subject.sheet.ids[finding.element].origin, "isInterrupting", None)]


RULE = Rule(
    code="EF-C153",
    name="start-interrupts-nothing",
    family="specification",
    severity="warning",
    source="BPMN 2.0.2 §10.5.2",
    why="Elsewhere a start event interrupts nothing; whoever set the attribute expects something that does not happen.",
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
            '<startEvent id="S" name="Asked" isInterrupting="false" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

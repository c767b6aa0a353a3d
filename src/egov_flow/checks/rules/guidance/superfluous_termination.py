# SPDX-License-Identifier: Apache-2.0
"""A terminate end event ends something."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Sheet, Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


SPLITS = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for process in sheet.of("process"):
        ends = [node for node in process.kids("endEvent") if "terminate" in sheet.triggers(node)]
        if ends and not any(_may_double(sheet, child) for child in process.children):
            yield from (rule.about(node) for node in ends)


def _may_double(sheet: Sheet, node: Thing) -> bool:
    """Return whether a second token may come out of this element."""
    if node.tag in SPLITS or node.is_true("triggeredByEvent") or node.tag == "eventBasedGateway":
        return True
    if node.tag == "boundaryEvent":
        return not node.is_true("cancelActivity", default=True)
    return node.is_a("Activity", "Event") and len(sheet.outgoing(node)) > 1


RULE = Rule(
    code="EF-C336",
    name="superfluous-termination",
    family="guidance",
    severity="warning",
    why="When nothing else can be under way, the terminate is a plain end, and a reader looks for what it stops.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><parallelGateway id="G" /><task id="A" name="Examine" />'
            '<task id="B" name="Decide" /><endEvent id="E" name="Answered"><terminateEventDefinition id="D" /></endEvent>'
            '<endEvent id="F" name="Told" /><sequenceFlow id="Flow_S_G" sourceRef="S" targetRef="G" />'
            '<sequenceFlow id="Flow_G_A" sourceRef="G" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_G_B" sourceRef="G" targetRef="B" /><sequenceFlow id="Flow_B_F" sourceRef="B" targetRef="F" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered">'
            '<terminateEventDefinition id="D" /></endEvent><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
        )
    ),
)

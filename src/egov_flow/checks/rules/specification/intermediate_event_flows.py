# SPDX-License-Identifier: Apache-2.0
"""An intermediate event has an incoming and an outgoing sequence flow, but for the two ends of a link."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("intermediateThrowEvent", "intermediateCatchEvent"):
        link = "link" in sheet.triggers(node)
        incoming, outgoing = len(sheet.incoming(node)), len(sheet.outgoing(node))
        lacks_incoming = not incoming and not (link and node.tag == "intermediateCatchEvent")
        lacks_outgoing = not outgoing and not (link and node.tag == "intermediateThrowEvent")
        if (lacks_incoming or lacks_outgoing) and node.parent and node.parent.tag != "adHocSubProcess":
            yield rule.about(node, incoming=incoming, outgoing=outgoing)


RULE = Rule(
    code="EF-C174",
    name="intermediate-event-flows",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="An event that nothing leads to never happens, and one that leads nowhere ends its path in silence.",
    covers=(
        "EF-K030",
        "EF-C060",
        "EF-C334",
    ),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<intermediateThrowEvent id="W" name="Told" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_W" sourceRef="A" targetRef="W" /><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<intermediateThrowEvent id="W" name="Told" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_W_E" sourceRef="W" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A boundary event catches something that can happen to an activity."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("boundaryEvent"):
        kinds = sheet.triggers(node)
        wrong = [kind for kind in kinds if kind in {"link", "terminate"}]
        if not kinds or wrong:
            yield rule.about(node, found=", ".join(wrong) or "0")


RULE = Rule(
    code="EF-C157",
    name="boundary-event-triggers",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.5.4",
    why="Without a definition, or with a link or terminate, the event never happens.",
    covers=(
        "EF-K025",
        "EF-K027",
    ),
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<boundaryEvent id="B" attachedToRef="A"><signalEventDefinition id="D" /></boundaryEvent><task id="C" name="Archive" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" /><sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<boundaryEvent id="B" attachedToRef="A"><terminateEventDefinition id="D" /></boundaryEvent>'
            '<task id="C" name="Archive" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /><sequenceFlow id="Flow_B_C" sourceRef="B" targetRef="C" />'
            '<sequenceFlow id="Flow_C_E" sourceRef="C" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A process that is called has a start event without trigger."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    callers = {node.ref("calledElement"): node for node in sheet.of("callActivity")}
    for process in sheet.of("process"):
        starts = process.kids("startEvent")
        if process.id in callers and starts and all(sheet.triggers(start) for start in starts):
            caller = callers[process.id]
            yield rule.about(process, related=[caller.id], caller=caller.name or caller.id)


RULE = Rule(
    code="EF-C215",
    name="called-process-starts",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.6, §10.5.2",
    why="The call starts it; if it only starts by message or timer, the caller waits for something else.",
    look=_look,
    good=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><callActivity id="A" name="Object" calledElement="Q" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process><process id="Q"><startEvent id="S2" />'
            '<task id="B" name="Decide" /><endEvent id="E2" /><sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><callActivity id="A" name="Object" calledElement="Q" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process><process id="Q"><startEvent id="S2">'
            '<messageEventDefinition id="D" /></startEvent><task id="B" name="Decide" /><endEvent id="E2" />'
            '<sequenceFlow id="Flow_S2_B" sourceRef="S2" targetRef="B" />'
            '<sequenceFlow id="Flow_B_E2" sourceRef="B" targetRef="E2" /></process>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A send task has at most one data input, and a receive task at most one data output."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("sendTask", "receiveTask"):
        data, kind = node.child("ioSpecification"), "dataInput" if node.tag == "sendTask" else "dataOutput"
        sets = "inputSet" if node.tag == "sendTask" else "outputSet"
        for found in (kind, sets) if data is not None else ():
            count = len(data.kids(found)) if data else 0
            if count > 1:
                yield rule.about(node, kind=node.tag, count=count, data=found)


RULE = Rule(
    code="EF-C226",
    name="message-task-data",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.3",
    why="A message is one thing; nobody could say which data it carries.",
    look=_look,
    good=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><sendTask id="T" name="Ask"><ioSpecification><dataInput id="D1" /><inputSet>'
            "<dataInputRefs>D1</dataInputRefs></inputSet><outputSet /></ioSpecification></sendTask>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
    bad=Example(
        bpmn=(
            '<startEvent id="S" name="Asked" /><sendTask id="T" name="Ask"><ioSpecification><dataInput id="D1" />'
            '<dataInput id="D2" /><inputSet><dataInputRefs>D1</dataInputRefs><dataInputRefs>D2</dataInputRefs></inputSet>'
            '<outputSet /></ioSpecification></sendTask><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""A service task takes what its operation takes: one input set, and one output set when there is an answer."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for node in sheet.of("serviceTask"):
        operation, data = sheet.target(node, "operationRef"), node.child("ioSpecification")
        if operation is None:
            continue
        inputs, outputs = (len(data.kids(tag)) if data else 0 for tag in ("inputSet", "outputSet"))
        if inputs != 1:
            yield rule.about(node, operation=operation.name, expected="1 inputSet", count=inputs)
        if outputs > 1 or (operation.child("outMessageRef") and not outputs):
            yield rule.about(node, operation=operation.name, expected="1 outputSet", count=outputs)


RULE = Rule(
    code="EF-C224",
    name="operation-data",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.3",
    why="The service would be called without its message, or its answer would be lost.",
    look=_look,
    good=Example(
        bpmn=(
            '<message id="M1" name="Request" /><interface id="I" name="Register"><operation id="O" name="ask">'
            '<inMessageRef>M1</inMessageRef></operation></interface><process id="P"><startEvent id="S" name="Asked" />'
            '<serviceTask id="T" name="Ask" operationRef="O"><ioSpecification><dataInput id="D1" /><inputSet>'
            "<dataInputRefs>D1</dataInputRefs></inputSet><outputSet /></ioSpecification></serviceTask>"
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" />'
            '<sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<message id="M1" name="Request" /><interface id="I" name="Register"><operation id="O" name="ask">'
            '<inMessageRef>M1</inMessageRef></operation></interface><process id="P"><startEvent id="S" name="Asked" />'
            '<serviceTask id="T" name="Ask" operationRef="O"><ioSpecification><dataInput id="D1" /><dataInput id="D2" /><inputSet>'
            "<dataInputRefs>D1</dataInputRefs></inputSet><inputSet><dataInputRefs>D2</dataInputRefs></inputSet><outputSet />"
            '</ioSpecification></serviceTask><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_T" sourceRef="S" targetRef="T" /><sequenceFlow id="Flow_T_E" sourceRef="T" targetRef="E" />'
            "</process>"
        )
    ),
)

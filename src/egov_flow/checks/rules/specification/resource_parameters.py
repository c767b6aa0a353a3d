# SPDX-License-Identifier: Apache-2.0
"""Parameters of a resource are bound where a resource is named, and are its own."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for binding in sheet.of("resourceParameterBinding"):
        parameter, role = sheet.target(binding, "parameterRef"), binding.parent
        resources = role.refs("resourceRef") if role else []
        if parameter is not None and (parameter.parent is None or parameter.parent.id not in resources):
            yield rule.about(binding, related=[parameter.id], reference=parameter.name or parameter.id)


RULE = Rule(
    code="EF-C229",
    name="resource-parameters",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §8.4.12, §10.3.1",
    why="The query for people would be asked with a parameter that it does not know.",
    look=_look,
    good=Example(
        bpmn=(
            '<resource id="R" name="Desk"><resourceParameter id="Rp" name="office" /></resource><process id="P">'
            '<startEvent id="S" name="Asked" /><userTask id="A" name="Examine"><potentialOwner><resourceRef>R</resourceRef>'
            '<resourceParameterBinding parameterRef="Rp"><formalExpression>office</formalExpression></resourceParameterBinding>'
            '</potentialOwner></userTask><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<resource id="R" name="Desk"><resourceParameter id="Rp" name="office" /></resource><resource id="Q" name="Head">'
            '<resourceParameter id="Qp" name="office" /></resource><process id="P"><startEvent id="S" name="Asked" />'
            '<userTask id="A" name="Examine"><potentialOwner><resourceRef>R</resourceRef>'
            '<resourceParameterBinding parameterRef="Qp"><formalExpression>office</formalExpression></resourceParameterBinding>'
            '</potentialOwner></userTask><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

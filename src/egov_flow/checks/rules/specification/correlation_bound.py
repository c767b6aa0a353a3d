# SPDX-License-Identifier: Apache-2.0
"""A correlation subscription binds every property of its key, and no other."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for subscription in sheet.of("correlationSubscription"):
        key = sheet.target(subscription, "correlationKeyRef")
        if key is None or key.tag != "correlationKey":
            continue
        wanted = sorted(key.refs("correlationPropertyRef"))
        bound = sorted(binding.ref("correlationPropertyRef") for binding in subscription.kids("correlationPropertyBinding"))
        if wanted != bound:
            yield rule.about(subscription, related=[key.id], bound=", ".join(bound) or "0", wanted=", ".join(wanted) or "0")


RULE = Rule(
    code="EF-C277",
    name="correlation-bound",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §8.4.2",
    why="A message would be matched by a part of its key, and reach the wrong case.",
    look=_look,
    good=Example(
        bpmn=(
            '<message id="M" name="Request" /><correlationProperty id="Cp" name="number">'
            '<correlationPropertyRetrievalExpression messageRef="M"><messagePath>number</messagePath>'
            '</correlationPropertyRetrievalExpression></correlationProperty><collaboration id="C">'
            '<participant id="X" name="Office" processRef="P" /><correlationKey id="Key">'
            '<correlationPropertyRef>Cp</correlationPropertyRef></correlationKey></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<correlationSubscription id="Sub" correlationKeyRef="Key"><correlationPropertyBinding correlationPropertyRef="Cp">'
            "<dataPath>number</dataPath></correlationPropertyBinding></correlationSubscription></process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<message id="M" name="Request" /><correlationProperty id="Cp" name="number">'
            '<correlationPropertyRetrievalExpression messageRef="M"><messagePath>number</messagePath>'
            '</correlationPropertyRetrievalExpression></correlationProperty><collaboration id="C">'
            '<participant id="X" name="Office" processRef="P" /><correlationKey id="Key">'
            '<correlationPropertyRef>Cp</correlationPropertyRef></correlationKey></collaboration><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            '<correlationSubscription id="Sub" correlationKeyRef="Key" /></process>'
        )
    ),
)

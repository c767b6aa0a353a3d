# SPDX-License-Identifier: Apache-2.0
"""A correlation property is read from a message in one way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for found in sheet.of("correlationProperty"):
        counts = Counter(e.ref("messageRef") for e in found.kids("correlationPropertyRetrievalExpression"))
        for message, count in counts.items():
            if message and count > 1:
                yield rule.about(found, related=[message], message=message, count=count)


RULE = Rule(
    code="EF-C278",
    name="correlation-once",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §8.4.2",
    why="Two ways to read the same property may give two cases.",
    look=_look,
    good=Example(
        bpmn=(
            '<message id="M" name="Request" /><correlationProperty id="Cp" name="number">'
            '<correlationPropertyRetrievalExpression messageRef="M"><messagePath>number</messagePath>'
            '</correlationPropertyRetrievalExpression></correlationProperty><process id="P"><startEvent id="S" name="Asked" />'
            '<task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<message id="M" name="Request" /><correlationProperty id="Cp" name="number">'
            '<correlationPropertyRetrievalExpression messageRef="M"><messagePath>number</messagePath>'
            '</correlationPropertyRetrievalExpression><correlationPropertyRetrievalExpression messageRef="M">'
            '<messagePath>id</messagePath></correlationPropertyRetrievalExpression></correlationProperty><process id="P">'
            '<startEvent id="S" name="Asked" /><task id="A" name="Examine" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
)

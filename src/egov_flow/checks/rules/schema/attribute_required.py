# SPDX-License-Identifier: Apache-2.0
"""An element has the attributes that BPMN demands."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.errors import Finding

__all__ = ["RULE"]


ENDS = frozenset({"sourceRef", "targetRef"})
READER_TELLS = {
    "sequenceFlow": ENDS,
    "messageFlow": ENDS,
    "association": ENDS,
    "boundaryEvent": frozenset({"attachedToRef"}),
}
"""The reader tells these itself."""


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.things:
        for attribute in sorted(thing.type.required) if thing.type else ():
            if not thing.get(attribute) and attribute not in READER_TELLS.get(thing.tag, ()) and thing.tag != "definitions":
                yield rule.about(thing, tag=thing.tag, attribute=attribute)


RULE = Rule(
    code="EF-C102",
    name="attribute-required",
    family="schema",
    severity="error",
    source="BPMN 2.0.2 §15.3",
    why="Without it the element says nothing: a link without name, a subscription without key.",
    covers=("EF-B019",),
    look=_look,
    good=Example(
        bpmn=(
            '<interface id="I" name="Register"><operation id="O" name="ask"><inMessageRef>M</inMessageRef></operation></interface>'
            '<message id="M" name="Request" /><process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<interface id="I"><operation id="O" name="ask"><inMessageRef>M</inMessageRef></operation></interface>'
            '<message id="M" name="Request" /><process id="P"><startEvent id="S" name="Asked" /><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
)

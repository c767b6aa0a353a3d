# SPDX-License-Identifier: Apache-2.0
"""A reference names an element of the kind that it is for."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import name_only
from egov_flow.checks.example import Example
from egov_flow.checks.metamodel import REF, type_named
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


LOOSE = frozenset({"", "Element", "BaseElement", "ExtensionDefinition"})
ALSO = {
    "ItemAwareElement": ("DataInput", "DataOutput", "DataObject", "DataObjectReference", "DataStore", "DataStoreReference", "Property"),
    "InteractionNode": ("Activity", "Event", "Participant", "ConversationNode"),
}
"""Kinds that the schema does not derive from each other, and the metamodel does."""


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for thing in sheet.things:
        for attribute, reference, wanted in _references(thing):
            named = sheet.ids.get(reference)
            if named is None or named.type is None or wanted in LOOSE or (thing.tag, attribute) in ELSEWHERE:
                continue
            if not named.type.kinds & {wanted, *ALSO.get(wanted, ())}:
                yield rule.about(thing, related=[reference], attribute=attribute, reference=reference, kind=named.tag, wanted=wanted)


ELSEWHERE = frozenset(
    {(tag, end) for tag in ("sequenceFlow", "messageFlow", "conversationLink") for end in ("sourceRef", "targetRef")}
    | {("boundaryEvent", "attachedToRef"), ("lane", "flowNodeRef"), ("compensateEventDefinition", "activityRef")}
)
"""Rules of their own, or the reader, tell more of these."""


def _references(thing: Thing) -> Iterator[tuple[str, str, str]]:
    if thing.type is None:
        return
    for attribute in thing.attributes:
        kind = thing.type.attributes.get(attribute, "")
        if kind.startswith(REF):
            yield attribute, thing.ref(attribute), kind.removeprefix(REF)
    for child in thing.children:
        slot = thing.type.slot(child.tag)
        if slot is not None and slot.is_reference and type_named(slot.target) is not None:
            yield child.tag, name_only(child.text), slot.target


RULE = Rule(
    code="EF-C108",
    name="reference-kind",
    family="schema",
    severity="error",
    source="BPMN 2.0.2 §15.3.2",
    why="What it names cannot do what is asked of it: an error is no message, a gateway no activity.",
    covers=("EF-B011",),
    look=_look,
    good=Example(
        bpmn=(
            '<message id="M" name="Request" /><process id="P"><startEvent id="S" name="Asked">'
            '<messageEventDefinition id="D" messageRef="M" /></startEvent><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<error id="M" name="Failed" errorCode="f" /><process id="P"><startEvent id="S" name="Asked">'
            '<messageEventDefinition id="D" messageRef="M" /></startEvent><task id="A" name="Examine" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
)

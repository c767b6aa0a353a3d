# SPDX-License-Identifier: Apache-2.0
"""A reference names something that is in the file."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import name_only
from egov_flow.checks.example import Example
from egov_flow.checks.metamodel import REF, type_named
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Thing
from egov_flow.errors import Finding

__all__ = ["RULE"]


UNCHECKED = frozenset({"Element", "ExtensionDefinition", "ItemDefinition"})
READER_TELLS = frozenset(
    {(tag, end) for tag in ("sequenceFlow", "messageFlow", "association") for end in ("sourceRef", "targetRef")}
    | {
        ("boundaryEvent", "attachedToRef"),
        ("lane", "flowNodeRef"),
        ("participant", "processRef"),
        ("messageFlow", "messageRef"),
        ("callActivity", "calledElement"),
    }
)


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    imported = bool(sheet.of("import"))
    read = {f.arguments.get("reference", "") for f in subject.procedure.model.findings if f.code == "EF-B011"}
    for thing in sheet.things:
        for attribute, written, wanted in _references(thing):
            reference = name_only(written)
            foreign = ":" in written or "${" in written or "#{" in written or written.startswith("=")
            told = (thing.tag, attribute) in READER_TELLS or wanted in UNCHECKED or reference in read
            if reference and reference not in sheet.ids and not told and not (foreign and imported):
                yield rule.about(thing, related=[reference], attribute=attribute, reference=reference[:100], wanted=wanted)


def _references(thing: Thing) -> Iterator[tuple[str, str, str]]:
    if thing.type is None:
        return
    for attribute in thing.attributes:
        kind = thing.type.attributes.get(attribute, "")
        if kind.startswith(REF) and attribute != "default":
            yield attribute, thing.get(attribute), kind.removeprefix(REF)
    for child in thing.children:
        slot = thing.type.slot(child.tag)
        if slot is not None and slot.is_reference and child.tag not in {"incoming", "outgoing"} and type_named(slot.target) is not None:
            yield child.tag, child.text, slot.target


RULE = Rule(
    code="EF-C109",
    name="reference-found",
    family="schema",
    severity="warning",
    source="BPMN 2.0.2 §15.3.2",
    why="What it names was deleted or renamed, and nobody is told.",
    look=_look,
    good=Example(
        bpmn=(
            '<message id="M" name="Request" /><interface id="I" name="Register"><operation id="O" name="ask">'
            '<inMessageRef>M</inMessageRef></operation></interface><process id="P"><startEvent id="S" name="Asked" />'
            '<sendTask id="A" name="Ask" operationRef="O" /><endEvent id="E" name="Answered" />'
            '<sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" /><sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" />'
            "</process>"
        )
    ),
    bad=Example(
        bpmn=(
            '<process id="P"><startEvent id="S" name="Asked" /><sendTask id="A" name="Ask" operationRef="Gone" />'
            '<endEvent id="E" name="Answered" /><sequenceFlow id="Flow_S_A" sourceRef="S" targetRef="A" />'
            '<sequenceFlow id="Flow_A_E" sourceRef="A" targetRef="E" /></process>'
        )
    ),
)

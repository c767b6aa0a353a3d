# SPDX-License-Identifier: Apache-2.0
"""What a binding passes to an operation has the type of the operation's message."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.example import Example
from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.sheet import Sheet
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    sheet = subject.sheet
    for binding in sheet.of("ioBinding"):
        operation = sheet.target(binding, "operationRef")
        for attribute, refs, message in (
            ("inputDataRef", "dataInputRefs", "inMessageRef"),
            ("outputDataRef", "dataOutputRefs", "outMessageRef"),
        ):
            bound = sheet.target(binding, attribute)
            named = [sheet.ids.get(name) for name in (operation.refs(message) if operation else [])]
            data = [sheet.ids.get(name) for name in (bound.refs(refs) if bound else [])]
            theirs = {_structure(sheet, found.ref("itemRef")) for found in named if found is not None}
            ours = {_structure(sheet, found.ref("itemSubjectRef")) for found in data if found is not None}
            if ours and theirs and not ours & theirs:
                yield rule.about(binding, attribute=attribute, ours=", ".join(sorted(ours)) or "–", theirs=", ".join(sorted(theirs)) or "–")


def _structure(sheet: Sheet, item: str) -> str:
    """Return what an item definition describes; "" if it says nothing."""
    definition = sheet.ids.get(item)
    return definition.get("structureRef") or item if definition is not None and definition.tag == "itemDefinition" else ""


RULE = Rule(
    code="EF-C257",
    name="binding-types",
    family="specification",
    severity="error",
    source="BPMN 2.0.2 §10.3.6",
    why="The service would receive or give data of another type than it says.",
    look=_look,
    good=Example(
        bpmn=(
            '<itemDefinition id="Item1" structureRef="request" /><message id="M" name="Request" itemRef="Item1" />'
            '<interface id="I" name="Register"><operation id="O" name="ask"><inMessageRef>M</inMessageRef></operation></interface>'
            '<process id="P"><supportedInterfaceRef>I</supportedInterfaceRef><ioSpecification>'
            '<dataInput id="X" itemSubjectRef="Item1" /><inputSet id="In"><dataInputRefs>X</dataInputRefs></inputSet>'
            '<outputSet id="Out" /></ioSpecification><ioBinding operationRef="O" inputDataRef="In" outputDataRef="Out" /></process>'
        )
    ),
    bad=Example(
        bpmn=(
            '<itemDefinition id="Item1" structureRef="request" /><itemDefinition id="Item2" structureRef="decision" />'
            '<message id="M" name="Request" itemRef="Item1" /><interface id="I" name="Register"><operation id="O" name="ask">'
            '<inMessageRef>M</inMessageRef></operation></interface><process id="P"><supportedInterfaceRef>I</supportedInterfaceRef>'
            '<ioSpecification><dataInput id="X" itemSubjectRef="Item2" /><inputSet id="In"><dataInputRefs>X</dataInputRefs>'
            '</inputSet><outputSet id="Out" /></ioSpecification>'
            '<ioBinding operationRef="O" inputDataRef="In" outputDataRef="Out" /></process>'
        )
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""What passes into and out of an element: the vendors' mappings and the standard's data associations, in one vocabulary (BPMN 2.0.2 §10.4.2)."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from egov_flow.bpmn import DataAssociation, FlowNode, Formula, Variable
from egov_flow.errors import Finding
from egov_flow.kernel.program import Passing
from egov_flow.kernel.slots import Slot, Source, expression, finding

__all__ = ["STORES", "Passings", "association_passings", "moves_data", "passings", "vendor_passings"]

TAKES = frozenset({
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "businessRuleTask", "scriptTask", "receiveTask", "subProcess", "transaction",
    "adHocSubProcess", "callActivity",
})  # fmt: skip
THROWS = frozenset({"intermediateThrowEvent", "endEvent"})
CATCHES = frozenset({"intermediateCatchEvent"})
STORES = frozenset({"dataStoreReference", "dataStore"})
PARAMETERS = frozenset({"dataInput", "dataOutput"})


@attrs.frozen(kw_only=True)
class Passings:
    """What passes in and out, and what is wrong with it."""

    inputs: tuple[Passing, ...] = ()
    outputs: tuple[Passing, ...] = ()
    findings: tuple[Finding, ...] = ()


def moves_data(source: Source, association: DataAssociation) -> bool:
    """Return whether an association moves data: it computes something, or its end inside the activity is a named parameter.

    An arrow to a data object that a modeler drew without saying more documents what is read and written, and moves nothing.
    """
    if association.transformation is not None or association.assignments:
        return True
    inner = (association.target,) if association.direction == "in" else association.sources
    outer = association.sources if association.direction == "in" else (association.target,)
    named = [source.data.get(end) for end in inner]
    return all(element is not None and element.kind in PARAMETERS and element.name for element in named) and all(
        source.variable(end) for end in outer
    )


def passings(source: Source, node: FlowNode) -> Passings:
    """Return what passes into and out of a node."""
    slots = vendor_passings(node)
    for association in node.data_associations:
        if moves_data(source, association):
            slots += association_passings(source, node, association)
    found = Passings(
        inputs=tuple(slot.value for direction, slot in slots if direction == "in" and slot.value is not None),
        outputs=tuple(slot.value for direction, slot in slots if direction == "out" and slot.value is not None),
        findings=tuple(f for _, slot in slots for f in slot.findings),
    )
    return attrs.evolve(found, findings=(*found.findings, *_misplaced(source, node, slots)))


Found = list[tuple[str, Slot[Passing]]]


def _misplaced(source: Source, node: FlowNode, slots: Found) -> Iterator[Finding]:
    allowed = {"in": node.kind in TAKES | THROWS, "out": node.kind in TAKES | CATCHES or _begins_with_data(source, node)}
    wrong = [slot.value.target for direction, slot in slots if not allowed[direction] and slot.value is not None]
    if wrong:
        yield finding("EF-K015", node, names=", ".join(wrong))


def _begins_with_data(source: Source, node: FlowNode) -> bool:
    """Return whether a case may begin at a start event with what one message or signal brings."""
    event = node.event
    if node.kind != "startEvent" or event is None or node.id not in source.outermost:
        return False
    return bool(event.definitions) and not (event.is_parallel_multiple and len(event.definitions) > 1)


def vendor_passings(node: FlowNode) -> Found:
    """Return what the vendors' mappings let pass, each with its direction, `in` or `out`."""
    return [*_of_vendor(node, node.vendor.inputs, "in"), *_of_vendor(node, node.vendor.outputs, "out")]


def _of_vendor(node: FlowNode, variables: tuple[Variable, ...], direction: str) -> Found:
    return [(direction, _computed(node, variable.target, variable.formula)) for variable in variables]


def _computed(node: FlowNode, target: str, formula: Formula) -> Slot[Passing]:
    if target.startswith("__"):
        return Slot(None, (finding("EF-K069", node, formula.origin.place, name=target),))
    if formula.language == "literal":
        formula = attrs.evolve(formula, language="", text='"' + formula.text.replace("\\", "\\\\").replace('"', '\\"') + '"')
    slot = expression(node, formula, "EF-K076", "EF-K076")
    return Slot(Passing(target, slot.value) if slot.value is not None else None, slot.findings)


def association_passings(source: Source, node: FlowNode, association: DataAssociation) -> Found:
    """Return what an association lets pass, with its direction; nothing if it is one with a data store, which jobs read and write."""
    direction = association.direction
    ends = [source.data.get(end) for end in (*association.sources, association.target)]
    if any(element is not None and element.kind in STORES for element in ends):
        return []
    target = source.variable(association.target)
    if association.assignments:
        return [(direction, _computed(node, to.text.strip(), given)) for given, to in association.assignments]
    if association.transformation is not None:
        return [(direction, _computed(node, target, association.transformation))]
    return [(direction, Slot(Passing(target, None, source.variable(association.sources[0])))) for _ in association.sources[:1]]

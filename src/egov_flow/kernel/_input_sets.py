# SPDX-License-Identifier: Apache-2.0
"""Several input or output sets of an activity, one of which is chosen when it begins or ends (BPMN 2.0.2 §10.4.1, §10.4.2, §13.3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import DataAssociation, DataSet, FlowNode
from egov_flow.errors import Finding
from egov_flow.kernel.passing import association_passings, moves_data, vendor_passings
from egov_flow.kernel.program import Choice
from egov_flow.kernel.slots import Source, finding

__all__ = ["input_choices", "output_choices", "refused"]


def input_choices(source: Source, node: FlowNode) -> tuple[Choice, ...]:
    """Return the input sets among which one is chosen, in the order of the file; none if there are not several."""
    sets = node.activity.input_sets if node.activity is not None else ()
    return tuple(_choice(source, node, found, "in") for found in sets) if len(sets) > 1 else ()


def output_choices(source: Source, node: FlowNode) -> tuple[Choice, ...]:
    """Return the output sets among which one is chosen, in the order of the file; none if there are not several."""
    sets = node.activity.output_sets if node.activity is not None else ()
    return tuple(_choice(source, node, found, "out") for found in sets) if len(sets) > 1 else ()


def _choice(source: Source, node: FlowNode, found: DataSet, direction: str) -> Choice:
    own = [a for a in _associations(node, direction) if not found.data.isdisjoint(_inner(a))]
    needs = [source.variable(end) for a in own for end in a.sources]
    passing = [slot.value for a in own if moves_data(source, a) for _, slot in association_passings(source, node, a)]
    vendors = [slot.value for way, slot in vendor_passings(node) if way == direction]
    return Choice(needs=tuple(dict.fromkeys(needs)), passings=tuple(p for p in (*vendors, *passing) if p is not None))


def _associations(node: FlowNode, direction: str) -> Iterator[DataAssociation]:
    return (a for a in node.data_associations if a.direction == direction)


def _inner(association: DataAssociation) -> tuple[str, ...]:
    """Return the ends of an association that are inputs or outputs of the activity."""
    return (association.target,) if association.direction == "in" else association.sources


def refused(node: FlowNode) -> Iterator[Finding]:
    """Yield why one of several sets cannot be chosen: what is optional is said nowhere, or an input that nothing fills never comes."""
    activity = node.activity
    if activity is None:
        return
    for sets, direction in ((activity.input_sets, "in"), (activity.output_sets, "out")):
        if len(sets) < 2:
            continue
        filled = {end for association in _associations(node, direction) for end in _inner(association)}
        if any(found.is_loose for found in sets):
            yield finding("EF-K082", node, clause="BPMN 2.0.2 §13.1")
        elif direction == "in" and any(found.data - filled for found in sets):
            yield finding("EF-K130", node, clause="BPMN 2.0.2 §10.4.2")

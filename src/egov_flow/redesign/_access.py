# SPDX-License-Identifier: Apache-2.0
"""Which variables a step reads and writes, as far as the files show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs

from egov_flow import feel
from egov_flow.bpmn import FlowNode, Formula, SequenceFlow
from egov_flow.errors import FeelError
from egov_flow.procedure import Procedure, fields

__all__ = ["Access", "access_of", "readers"]

_WORD = re.compile(r"[^\W\d]\w*")
_BY_HANDLER = frozenset({"serviceTask", "sendTask", "businessRuleTask", "callActivity"})


@attrs.frozen
class Access:
    """What is read and written; `is_known` is False where code outside the files may read and write more."""

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    is_known: bool = True

    def __or__(self, other: Access) -> Access:
        return Access(self.reads | other.reads, self.writes | other.writes, self.is_known and other.is_known)

    def conflict(self, other: Access) -> frozenset[str]:
        """Return the variables for which the order of the two matters."""
        return (self.reads & other.writes) | (self.writes & other.reads) | (self.writes & other.writes)


def access_of(procedure: Procedure, node: FlowNode) -> Access:
    """Return what an activity reads and writes, with all that it holds.

    A form's fields are writes; the names of every FEEL formula of the element are reads; the fields of a message's form are writes.
    """
    link = procedure.link(node.id)
    form = procedure.form((link.form if link else "") or node.vendor.form)
    writes = set(fields(form)) if form else set()
    writes |= {v.target for v in node.vendor.outputs} | {node.vendor.result_variable} | set(_stored(procedure, node))
    if node.activity is not None:
        writes |= set(node.activity.writes_data)
        if node.activity.multi_instance is not None:
            writes.add(node.activity.multi_instance.output_collection)
    is_script = node.kind == "scriptTask" and not node.vendor.result_variable
    by_code = node.kind in _BY_HANDLER or bool(link and link.handler) or bool(node.vendor.handler)
    own = Access(_reads(procedure, node), frozenset(writes - {""}), not (is_script or by_code))
    for inner in node.content.nodes if node.content is not None else ():
        own |= access_of(procedure, inner)
    for flow in node.content.flows if node.content is not None else ():
        own |= Access(_flow_reads(procedure, flow))
    return own


def readers(
    procedure: Procedure, variables: frozenset[str], without: frozenset[str]
) -> list[tuple[FlowNode | SequenceFlow, frozenset[str]]]:
    """Return every element, except those of `without`, that reads one of the variables."""
    found: list[tuple[FlowNode | SequenceFlow, frozenset[str]]] = []
    for node in procedure.model.nodes():
        read = _reads(procedure, node) & variables
        if read and node.id not in without:
            found.append((node, read))
    for flow in procedure.model.flows():
        read = _flow_reads(procedure, flow) & variables
        if read and flow.id not in without:
            found.append((flow, read))
    return found


def _stored(procedure: Procedure, node: FlowNode) -> Iterator[str]:
    """Yield the data objects and stores that an element writes."""
    names = _data_names(procedure)
    return (names.get(a.target) or a.target for a in node.data_associations if a.direction == "out")


def _fetched(procedure: Procedure, node: FlowNode) -> Iterator[str]:
    """Yield the data objects and stores that an element reads."""
    names = _data_names(procedure)
    return (names.get(end) or end for a in node.data_associations if a.direction == "in" for end in a.sources)


def _data_names(procedure: Procedure) -> dict[str, str]:
    """Return the names of data elements by id; a reference without one has that of its data object or store."""
    found = [d for _, content in procedure.model.contents() for d in content.data]
    own = {root.id: root.name for root in procedure.model.roots} | {d.id: d.name for d in found}
    return {d.id: d.name or own.get(d.reference, "") for d in found}


def _reads(procedure: Procedure, node: FlowNode) -> frozenset[str]:
    link = procedure.link(node.id)
    names = {*(node.activity.reads_data if node.activity is not None else ()), *_fetched(procedure, node)}
    for formula in _formulas(attrs.evolve(node, content=None)):
        names |= _names(formula.text)
    if link is not None:
        names |= _names(link.due)
    return frozenset(names - {""})


def _flow_reads(procedure: Procedure, flow: SequenceFlow) -> frozenset[str]:
    link = procedure.link(flow.id)
    return _names(flow.condition.text if flow.condition else "") | _names(link.condition if link else "")


def _formulas(value: Any) -> Iterator[Formula]:
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _formulas(item)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _formulas(getattr(value, field.name))


def _names(text: str) -> frozenset[str]:
    """Return the names that a formula reads; every word of it where it is no FEEL."""
    formula = text.strip().removeprefix("=").strip()
    if not formula:
        return frozenset()
    try:
        return frozenset(feel.compile(formula).names)
    except FeelError:  # another language, or not mended yet: a word too many refuses, a word too few would let a conflict pass
        return frozenset(_WORD.findall(formula))

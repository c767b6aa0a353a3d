# SPDX-License-Identifier: Apache-2.0
"""References that name nothing, or something that may not be named there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from egov_flow.bpmn.model import Content, DataAssociation, Definitions, Edge, FlowNode, Lane, Origin, SequenceFlow, Shape
from egov_flow.errors import Finding

__all__ = ["dangling"]


class _Named(Protocol):
    """Whatever has an id and a place."""

    @property
    def id(self) -> str: ...
    @property
    def origin(self) -> Origin: ...


def dangling(model: Definitions, ids: frozenset[str]) -> Iterator[Finding]:
    """Yield a finding for each reference of a model that does not hold; `ids` are all that the file has."""
    nodes = {node.id for node in model.nodes()}
    for _, content in model.contents():
        yield from _flows(content, nodes)
        hosts = {node.id for node in content.nodes if node.activity is not None}
        for node in content.nodes:
            yield from _node(node, hosts, ids)
        yield from _lanes(content.lanes, nodes, ids)
        for data in content.data:
            if data.reference and data.reference not in ids:
                yield _missing(data.kind, data, "dataObjectRef or dataStoreRef", "data object or store", data.reference)
        yield from _artifacts(content, ids)
    yield from _between_pools(model, ids)
    yield from _drawn(model, ids)


def _flows(content: Content, everywhere: set[str]) -> Iterator[Finding]:
    here = {node.id for node in content.nodes}
    for flow in content.flows:
        for attribute, end in (("sourceRef", flow.source), ("targetRef", flow.target)):
            if end and end not in here:
                yield _of_flow("EF-B010" if end in everywhere else "EF-B009", flow, attribute, end)


def _of_flow(code: str, flow: SequenceFlow, attribute: str, end: str) -> Finding:
    return _finding(
        code,
        flow.origin,
        element=flow.id,
        name=flow.name,
        type="sequenceFlow",
        related=(end,),
        attribute=attribute,
        reference=end,
        source="BPMN 2.0.2 §8.4.13",
    )


def _node(node: FlowNode, hosts: set[str], ids: frozenset[str]) -> Iterator[Finding]:
    named = {"element": node.id, "name": node.name, "type": node.kind}
    if node.default and node.default not in node.outgoing:
        yield _finding("EF-B016", node.origin, **named, related=(node.default,), reference=node.default)
    host = node.event.attached_to if node.event is not None else ""
    if host and host not in hosts:
        yield _finding("EF-B017", node.origin, **named, related=(host,), reference=host)
    for reference in node.flow_refs:
        if reference.target not in (node.incoming if reference.kind == "incoming" else node.outgoing):
            arguments = {"attribute": reference.kind, "reference": reference.target, "related": (reference.target,)}
            yield _finding("EF-B029", reference.origin, **named, **arguments, severity="warning")
    for definition in node.event.definitions if node.event is not None else ():
        if definition.kind == "compensate" and definition.reference and definition.reference not in ids:
            yield _missing(node.kind, node, "activityRef", "activity", definition.reference, severity="error")
    for association in node.data_associations:
        for end in _ends(association):
            if end not in ids:
                yield _missing(node.kind, node, "sourceRef or targetRef", "data element", end)


def _ends(association: DataAssociation) -> Iterator[str]:
    yield from association.sources
    if association.target:
        yield association.target


def _lanes(lanes: Iterable[Lane], nodes: set[str], ids: frozenset[str]) -> Iterator[Finding]:
    for lane in lanes:
        for reference in lane.node_refs:
            if reference.target not in nodes:
                yield _finding(
                    "EF-B015",
                    reference.origin,
                    severity="warning" if reference.target in ids else "error",
                    element=lane.id,
                    name=lane.name,
                    type="lane",
                    related=(reference.target,),
                    reference=reference.target,
                )
        yield from _lanes(lane.lanes, nodes, ids)


def _artifacts(content: Content, ids: frozenset[str]) -> Iterator[Finding]:
    for association in content.associations:
        for attribute, end in (("sourceRef", association.source), ("targetRef", association.target)):
            if end and end not in ids:
                yield _missing("association", association, attribute, "element", end)


def _between_pools(model: Definitions, ids: frozenset[str]) -> Iterator[Finding]:
    processes = {process.id for process in model.processes}
    for pool in model.participants:
        if pool.process and pool.process not in processes:
            yield _missing("participant", pool, "processRef", "process", pool.process, severity="error")
    for flow in model.message_flows:
        for attribute, end in (("sourceRef", flow.source), ("targetRef", flow.target)):
            if end and end not in ids:
                yield _missing("messageFlow", flow, attribute, "pool or flow node", end)
        if flow.message and flow.message not in ids:
            yield _missing("messageFlow", flow, "messageRef", "message", flow.message)
    for collaboration in model.collaborations:
        yield from _artifacts(Content(associations=collaboration.associations), ids)


def _drawn(model: Definitions, ids: frozenset[str]) -> Iterator[Finding]:
    for diagram in model.diagrams:
        drawings: tuple[Shape | Edge, ...] = (*diagram.shapes, *diagram.edges)
        for drawn in drawings:
            if drawn.element not in ids:
                related = (drawn.element,) if drawn.element else ()
                yield _finding(
                    "EF-B025", drawn.origin, severity="warning", element=drawn.id, type="diagram", related=related, reference=drawn.element
                )


def _missing(type_: str, named: _Named, attribute: str, kind: str, reference: str, *, severity: str = "warning") -> Finding:
    arguments = {"attribute": attribute, "kind": kind, "reference": reference}
    return _finding("EF-B011", named.origin, severity=severity, element=named.id, type=type_, related=(reference,), **arguments)


def _finding(code: str, origin: Origin, **arguments: Any) -> Finding:
    return Finding.of(code, origin.place, **arguments)

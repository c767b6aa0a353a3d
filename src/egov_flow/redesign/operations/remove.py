# SPDX-License-Identifier: Apache-2.0
"""`remove`: take out steps that give nothing (Reijers and Limam Mansar 2005, task elimination).

Contract: the runs of the new version are those of the old one without the removed steps.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from egov_flow.bpmn import Diagram, FlowNode, SequenceFlow, Splice, remove_element, set_attribute
from egov_flow.errors import Finding, Place, RedesignError
from egov_flow.procedure import Procedure
from egov_flow.redesign._access import access_of, readers
from egov_flow.redesign._drawing import drawing_splices
from egov_flow.redesign._editing import edited, renamed_references, settings_of
from egov_flow.redesign._layout import joined
from egov_flow.redesign._steps import Scope, associations, attached, find_steps, finding, inside, mentions, message_flows, scope_of, told
from egov_flow.redesign.model import Remove

__all__ = ["remove"]


def remove(procedure: Procedure, operation: Remove, place: Place) -> Procedure:
    """Take out the steps one after the other.

    Raises:
        RedesignError: a step is demanded, read later, or held by something that would be cut.
    """
    findings: list[Finding] = []
    steps = find_steps(procedure, operation.steps, place, findings)
    vouched = {n.id for n in find_steps(procedure, operation.vouched, place, findings)}
    gone = frozenset(id_ for step in steps for id_ in inside(step))
    for step in steps:
        findings.extend(_refusals(procedure, step, place))
        findings.extend(_data_refusals(procedure, step, gone, place, is_vouched=step.id in vouched))
    if findings:
        raise RedesignError(findings)
    for step in steps:
        procedure = _without(procedure, step.id)
    return procedure


def _refusals(procedure: Procedure, step: FlowNode, place: Place) -> Iterator[Finding]:
    """Yield why a step cannot be taken out of the flow."""
    scope, ids = scope_of(procedure, step), inside(step)
    into, out = scope.into(step), scope.out_of(step)
    for who, _ in mentions(procedure, ids | {f.id for f in out}, links=False):
        yield finding("EF-R020", place, step, who=who)
    for flow in out:
        if procedure.link(flow.id) is not None:
            yield finding("EF-R020", place, step, who=f"links.{flow.id}")
    for event in attached(scope, step):
        yield finding("EF-R021", place, step, what=told(event))
    for message in message_flows(procedure, ids):
        yield finding("EF-R022", place, step, what=message.name or message.id)
    for line in associations(procedure, ids):
        yield finding("EF-R023", place, step, what=line.id)
    if step.data_associations:
        yield finding("EF-R023", place, step, what=", ".join(sorted({a.target for a in step.data_associations})))
    if not into or len(out) != 1 or out[0].condition is not None or out[0].target == step.id:
        yield finding("EF-R024", place, step, incoming=len(into), outgoing=len(out))
    else:
        yield from _neighbours(scope, step, into, out[0], place)


def _neighbours(scope: Scope, step: FlowNode, into: list[SequenceFlow], out: SequenceFlow, place: Place) -> Iterator[Finding]:
    """Yield why the flows before a step cannot be led to what comes after it."""
    sources = [node for node in (scope.node(f.source) for f in into) if node is not None]
    target = scope.node(out.target)
    if any(s.kind == "eventBasedGateway" for s in sources):
        yield finding("EF-R025", place, step)
    if len(into) > 1 and target is not None and target.gateway is not None and target.kind != "exclusiveGateway":
        yield finding("EF-R026", place, step, target=told(target), incoming=len(into))


def _data_refusals(procedure: Procedure, step: FlowNode, gone: frozenset[str], place: Place, *, is_vouched: bool) -> Iterator[Finding]:
    access = access_of(procedure, step)
    for reader, variables in readers(procedure, access.writes, gone):
        name = told(reader) if isinstance(reader, FlowNode) else reader.name or reader.id
        yield finding("EF-R027", place, step, variables=", ".join(sorted(variables)), reader=name)
    if not access.is_known and not is_vouched:
        yield finding("EF-R028", place, step)


def _without(procedure: Procedure, element: str) -> Procedure:
    """Take out one step, its outgoing flow and its links; the flows before it lead to what came after."""
    step = next(n for n in procedure.model.nodes() if n.id == element)
    scope, ids, source = scope_of(procedure, step), inside(step), procedure.model.source
    into, out = scope.into(step), scope.out_of(step)[0]
    target = next(n for n in scope.content.nodes if n.id == out.target)
    edits: list[Splice] = [remove_element(source, step.origin), remove_element(source, out.origin)]
    edits += [set_attribute(source, flow.origin, "targetRef", out.target) for flow in into]
    edits += renamed_references(source, target, "incoming", {out.id: into[0].id})
    edits += _lane_references(procedure, ids)
    for diagram in procedure.model.diagrams:
        edits += drawing_splices(procedure.model, diagram, _redrawn(diagram, ids, into, out))
    settings: list[Splice] = []
    linked = [link.element for link in procedure.links if link.element in ids]
    spans = settings_of(procedure) if linked else None
    if spans is not None:
        settings = [spans.remove(("links", name)) for name in linked]
    return edited(procedure, edits, settings)


def _lane_references(procedure: Procedure, ids: frozenset[str]) -> list[Splice]:
    found: list[Splice] = []
    lanes = [lane for _, content in procedure.model.contents() for lane in content.lanes]
    while lanes:
        lane = lanes.pop()
        lanes.extend(lane.lanes)
        found += [remove_element(procedure.model.source, r.origin) for r in lane.node_refs if r.target in ids]
    return found


def _redrawn(diagram: Diagram, ids: frozenset[str], into: list[SequenceFlow], out: SequenceFlow) -> Diagram:
    """Return the plane without the step; the lines before and after it become one, all else keeps its place."""
    lines = {e.element: e for e in diagram.edges}
    gone = ids | {out.id}
    edges = []
    for edge in diagram.edges:
        if edge.element in gone:
            continue
        if out.id in lines and any(f.id == edge.element for f in into):
            edges.append(attrs.evolve(edge, waypoints=joined(edge.waypoints, lines[out.id].waypoints)))
        else:
            edges.append(edge)
    return attrs.evolve(diagram, shapes=tuple(s for s in diagram.shapes if s.element not in gone), edges=tuple(edges))

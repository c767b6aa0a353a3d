# SPDX-License-Identifier: Apache-2.0
"""`parallelise`: do consecutive, independent steps at the same time (Reijers and Limam Mansar 2005, parallelism; Weber et al. 2008, AP9).

Contract: every old run is still one, and the new ones only interleave the steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from egov_flow.bpmn import FlowNode, Lane, SequenceFlow, Splice, insert_after, insert_before, remove_element, set_attribute, tag
from egov_flow.errors import Finding, Place, RedesignError
from egov_flow.procedure import Procedure
from egov_flow.redesign._access import access_of
from egov_flow.redesign._block import Block, with_block
from egov_flow.redesign._drawing import drawing_splices
from egov_flow.redesign._editing import edited, fresh, lane_reference, renamed_references, stem
from egov_flow.redesign._steps import Scope, attached, find_steps, finding, mentions, scope_of, told
from egov_flow.redesign.model import Parallelise

__all__ = ["parallelise"]

_ORDERED = frozenset({"before", "responds", "within", "not_together"})


def parallelise(procedure: Procedure, operation: Parallelise, place: Place) -> Procedure:
    """Put the steps between a parallel split and its join.

    Raises:
        RedesignError: the steps do not follow each other, something hangs between them, they share data, or an obligation orders them.
    """
    findings: list[Finding] = []
    steps = find_steps(procedure, operation.steps, place, findings)
    vouched = {n.id for n in find_steps(procedure, operation.vouched, place, findings)}
    if not findings and len(steps) < 2:
        findings.append(Finding.of("EF-R030", place, count=len(steps)))
    if findings:
        raise RedesignError(findings)
    scope = scope_of(procedure, steps[0])
    chain = _chain(scope, steps)
    if chain is None:
        raise RedesignError([Finding.of("EF-R031", place, steps=", ".join(told(s) for s in steps))])
    findings += _flow_refusals(procedure, scope, chain, place)
    findings += _data_refusals(procedure, chain, vouched, place)
    if findings:
        raise RedesignError(findings)
    return _with_gateways(procedure, scope, chain)


def _chain(scope: Scope, steps: list[FlowNode]) -> list[FlowNode] | None:
    """Return the steps in the order in which they follow each other; None if they do not, or have other ways in or out."""
    if any(len(scope.into(s)) != 1 or len(scope.out_of(s)) != 1 or scope.node(s.id) is None for s in steps):
        return None
    after = {scope.into(s)[0].source: s for s in steps}
    ids = {s.id for s in steps}
    first = [s for s in steps if scope.into(s)[0].source not in ids]
    chain = first[:1]
    while chain and chain[-1].id in after:
        chain.append(after[chain[-1].id])
    return chain if len(chain) == len(steps) else None


def _flow_refusals(procedure: Procedure, scope: Scope, chain: list[FlowNode], place: Place) -> Iterator[Finding]:
    for step in chain:
        for event in attached(scope, step):
            yield finding("EF-R032", place, step, what=told(event))
    inner = [scope.out_of(step)[0] for step in chain[:-1]]
    for flow in (*inner, scope.out_of(chain[-1])[0]):
        if flow.condition is not None:
            yield finding("EF-R033", place, flow)
    for flow in inner:
        named = [who for who, _ in mentions(procedure, frozenset({flow.id}))]
        if named:
            yield finding("EF-R034", place, flow, who=", ".join(named))
    before = scope.node(scope.into(chain[0])[0].source)
    if before is not None and before.kind == "eventBasedGateway":
        yield finding("EF-R025", place, chain[0])
    ids = {step.id for step in chain}
    for obligation in procedure.obligations:
        if obligation.kind in _ORDERED and len(ids.intersection(obligation.elements)) > 1:
            yield Finding.of("EF-R035", place, element=f"obligations.{obligation.id}", steps=", ".join(told(s) for s in chain))


def _data_refusals(procedure: Procedure, chain: list[FlowNode], vouched: set[str], place: Place) -> Iterator[Finding]:
    access = {step.id: access_of(procedure, step) for step in chain}
    for first, second in combinations(chain, 2):
        shared = access[first.id].conflict(access[second.id])
        if shared:
            yield finding("EF-R036", place, second, other=told(first), variables=", ".join(sorted(shared)))
    for step in chain:
        if not access[step.id].is_known and step.id not in vouched:
            yield finding("EF-R037", place, step)


def _with_gateways(procedure: Procedure, scope: Scope, chain: list[FlowNode]) -> Procedure:
    block = _block(procedure, scope, chain)
    source, model = procedure.model.source, procedure.model
    first, last = chain[0], chain[-1]
    has_references = bool(first.flow_refs or last.flow_refs)
    edits: list[Splice] = [
        set_attribute(source, block.entry.origin, "targetRef", block.split),
        set_attribute(source, block.exit.origin, "sourceRef", block.join),
        *(remove_element(source, flow.origin) for flow in block.inner),
        insert_before(source, first.origin, _gateway(procedure, block.split, [block.entry.id], block.into, has_references=has_references)),
        insert_after(source, last.origin, _gateway(procedure, block.join, block.out, [block.exit.id], has_references=has_references)),
        insert_after(source, block.exit.origin, "\n".join(_flows(procedure, block))),
    ]
    old_in, old_out = [block.entry, *block.inner], [*block.inner, block.exit]
    for step, into, out, was_in, was_out in zip(chain, block.into, block.out, old_in, old_out, strict=True):
        edits += renamed_references(source, step, "incoming", {was_in.id: into})
        edits += renamed_references(source, step, "outgoing", {was_out.id: out})
    edits += lane_reference(procedure, scope.content.lanes, first.id, block.split)
    edits += lane_reference(procedure, scope.content.lanes, last.id, block.join)
    for diagram in model.diagrams:
        edits += drawing_splices(model, diagram, with_block(diagram, model, block))
    return edited(procedure, edits)


def _block(procedure: Procedure, scope: Scope, chain: list[FlowNode]) -> Block:
    taken: set[str] = set()
    for _, content in procedure.model.contents():
        taken |= {n.id for n in content.nodes} | {f.id for f in content.flows} | {d.id for d in content.data}
        taken |= {a.id for a in content.associations} | {a.id for a in content.annotations} | _lane_ids(content.lanes)
    taken |= (
        {p.id for p in procedure.model.processes} | {r.id for r in procedure.model.roots} | {p.id for p in procedure.model.participants}
    )
    taken |= {f.id for f in procedure.model.message_flows} | _drawn_ids(procedure)
    name = stem(chain[0].id)
    split, join = fresh(f"Gateway_{name}_Split", taken), fresh(f"Gateway_{name}_Join", taken)
    return Block(
        chain=tuple(chain),
        split=split,
        join=join,
        entry=scope.into(chain[0])[0],
        inner=tuple(_between(scope, chain)),
        exit=scope.out_of(chain[-1])[0],
        into=tuple(fresh(f"Flow_{stem(split)}_{stem(s.id)}", taken) for s in chain),
        out=tuple(fresh(f"Flow_{stem(s.id)}_{stem(join)}", taken) for s in chain),
    )


def _drawn_ids(procedure: Procedure) -> set[str]:
    drawn = {s.id for d in procedure.model.diagrams for s in d.shapes} | {e.id for d in procedure.model.diagrams for e in d.edges}
    return drawn | {d.id for d in procedure.model.diagrams}


def _lane_ids(lanes: tuple[Lane, ...]) -> set[str]:
    return {id_ for lane in lanes for id_ in (lane.id, *_lane_ids(lane.lanes))}


def _between(scope: Scope, chain: list[FlowNode]) -> Iterator[SequenceFlow]:
    for step, _ in pairwise(chain):
        yield scope.out_of(step)[0]


def _gateway(
    procedure: Procedure,
    gateway: str,
    incoming: list[str] | tuple[str, ...],
    outgoing: list[str] | tuple[str, ...],
    *,
    has_references: bool,
) -> str:
    name = tag(procedure.model, "parallelGateway")
    if not has_references:
        return f'<{name} id="{gateway}" />'
    into, out = tag(procedure.model, "incoming"), tag(procedure.model, "outgoing")
    lines = [f"  <{into}>{flow}</{into}>" for flow in incoming] + [f"  <{out}>{flow}</{out}>" for flow in outgoing]
    return "\n".join([f'<{name} id="{gateway}">', *lines, f"</{name}>"])


def _flows(procedure: Procedure, block: Block) -> Iterator[str]:
    name = tag(procedure.model, "sequenceFlow")
    for step, flow in zip(block.chain, block.into, strict=True):
        yield f'<{name} id="{flow}" sourceRef="{block.split}" targetRef="{step.id}" />'
    for step, flow in zip(block.chain, block.out, strict=True):
        yield f'<{name} id="{flow}" sourceRef="{step.id}" targetRef="{block.join}" />'

# SPDX-License-Identifier: Apache-2.0
"""What compensates what, and what is wrong with it: handlers, the events that throw, and transactions with their cancel events (BPMN 2.0.2 §10.7, §13.5.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from egov_flow.bpmn import Content, EventDefinition, FlowNode
from egov_flow.errors import Finding
from egov_flow.kernel._parts import Part, called_process
from egov_flow.kernel.program import NONE, Block, Node
from egov_flow.kernel.slots import finding
from egov_flow.procedure import Procedure

__all__ = ["compensators", "is_compensable_inside", "kept", "refused"]


def compensators(content: Content) -> dict[str, str]:
    """Return, by activity, what compensates it: an association leads there from the compensation event on its border."""
    handlers = {n.id for n in content.nodes if n.activity is not None and n.activity.is_for_compensation}
    drawn = [(a.source, a.target) for a in content.associations] + [(a.target, a.source) for a in content.associations]
    borders = {
        n.id: n.event.attached_to for n in content.nodes if n.event is not None and _definition(n, "compensate") and n.event.attached_to
    }
    return {borders[source]: target for source, target in drawn if source in borders and target in handlers}


def kept(nodes: Sequence[Node], blocks: Sequence[Block]) -> set[int]:
    """Return the activities whose completion is kept: those that can be compensated, and those with such inside."""
    found = {n.index for n in nodes if n.compensator != NONE}
    holders = [n for n in nodes if n.content != NONE]
    while True:
        more = {n.index for n in holders if _holds(blocks[n.content], found)} - found
        if not more:
            return found
        found |= more


def _holds(block: Block, found: set[int]) -> bool:
    return not block.is_event and (block.compensator != NONE or not found.isdisjoint(block.nodes))


def _definition(node: FlowNode, kind: str) -> EventDefinition | None:
    definitions = node.event.definitions if node.event is not None else ()
    return next((d for d in definitions if d.kind == kind), None)


def refused(part: Part, procedure: Procedure) -> Iterator[Finding]:
    """Yield what is wrong with compensation and cancelling in one process or sub-process."""
    content = part.content
    bound = compensators(content)
    handlers = set(bound.values())
    nodes = {n.id: n for n in reversed(content.nodes)}
    attached = [(n.event.attached_to, n) for n in reversed(content.nodes) if n.event is not None and n.event.attached_to]
    hosts = {host for host, _ in attached}
    borders = {host: border for host, border in attached if _definition(border, "compensate")}  # the first of each activity
    for node in content.nodes:
        yield from _border(node, nodes, borders, bound)
        yield from _handler(node, hosts, handlers)
        thrown = _definition(node, "compensate")
        if thrown is not None and node.kind in ("intermediateThrowEvent", "endEvent") and thrown.reference:
            yield from _thrown(node, thrown.reference, part, procedure)
        if node.kind == "endEvent" and _definition(node, "cancel"):
            yield from _cancel(node, part)


def _border(node: FlowNode, nodes: dict[str, FlowNode], borders: dict[str, FlowNode], bound: dict[str, str]) -> Iterator[Finding]:
    if node.kind != "boundaryEvent" or node.event is None:
        return
    host = nodes.get(node.event.attached_to)
    if _definition(node, "cancel") and (host is None or host.kind != "transaction" or not node.event.is_interrupting):
        yield finding("EF-K044", node, clause="BPMN 2.0.2 §10.5.4")
    if not _definition(node, "compensate"):
        return
    if node.outgoing:
        yield finding("EF-K023", node, direction="outgoing")
    elif host is not None and host.id not in bound:
        yield finding("EF-K039", node, clause="BPMN 2.0.2 §10.7.1")
    is_another = borders.get(node.event.attached_to, node) is not node
    if is_another or (host is not None and host.content is not None and _event_block(host.content)):
        yield finding("EF-K045", node, clause="BPMN 2.0.2 §10.7.1")


def _event_block(content: Content) -> bool:
    inner = [n.content for n in content.nodes if n.activity is not None and n.activity.is_event_subprocess and n.content is not None]
    return any(_definition(n, "compensate") for c in inner for n in c.nodes if n.kind == "startEvent")


def _handler(node: FlowNode, hosts: set[str], handlers: set[str]) -> Iterator[Finding]:
    if node.activity is None or not node.activity.is_for_compensation:
        return
    if node.incoming or node.outgoing or node.id in hosts:
        yield finding("EF-K040", node, clause="BPMN 2.0.2 §10.7.1")
    if node.id not in handlers:
        yield finding("EF-K046", node, severity="warning")


def _thrown(node: FlowNode, reference: str, part: Part, procedure: Procedure) -> Iterator[Finding]:
    """Yield why the activity that an event names cannot be compensated from there."""
    content = part.content
    if part.owner is not None and part.owner.activity is not None and part.owner.activity.is_event_subprocess:
        content = _around(part.owner, part.process.content) or content
    found = next((n for n in content.nodes if n.id == reference), None)
    if found is None:
        yield finding("EF-K041", node, activity=reference, clause="BPMN 2.0.2 §10.5.5")
    elif found.id not in compensators(content) and not is_compensable_inside(found, procedure, set()):
        yield finding("EF-K047", node, activity=found.name or found.id, clause="BPMN 2.0.2 §10.5.5")


def _around(owner: FlowNode, outer: Content) -> Content | None:
    todo = [outer]
    while todo:
        content = todo.pop()
        if any(n.id == owner.id for n in content.nodes):
            return content
        todo += [n.content for n in content.nodes if n.content is not None]
    return None


def is_compensable_inside(node: FlowNode, procedure: Procedure, seen: set[str]) -> bool:
    """Return whether a sub-process or call holds something that can be compensated, at whatever depth; `seen`: processes looked at already."""
    process = called_process(procedure, node)
    content = process.content if process is not None else node.content
    if content is None or (process is not None and process.id in seen):
        return False
    seen |= {process.id} if process is not None else set()
    return bool(compensators(content)) or _event_block(content) or any(is_compensable_inside(n, procedure, seen) for n in content.nodes)


def _cancel(node: FlowNode, part: Part) -> Iterator[Finding]:
    """Yield why a cancel end event cancels nothing: it stands in no transaction, or nothing goes on from there."""
    owner, content = part.owner, part.content
    while owner is not None and owner.kind != "transaction":
        content = _around(owner, part.process.content) or content
        owner = _owner(content, part.process.content)
    if owner is None:
        yield finding("EF-K042", node, clause="BPMN 2.0.2 §10.5.3")
        return
    around = _around(owner, part.process.content)
    border = [n for n in around.nodes if n.event is not None and n.event.attached_to == owner.id] if around else []
    if not any(_definition(n, "cancel") for n in border):
        yield finding("EF-K043", node, transaction=owner.name or owner.id, clause="BPMN 2.0.2 §10.5.4")


def _owner(content: Content, outer: Content) -> FlowNode | None:
    """Return the sub-process that holds a content; None if it is the process itself."""
    todo = [n for n in outer.nodes if n.content is not None]
    while todo:
        node = todo.pop()
        if node.content is content:
            return node
        todo += [n for n in node.content.nodes if n.content is not None] if node.content else []
    return None

# SPDX-License-Identifier: Apache-2.0
"""Refusals by position: what stands where it has no meaning, or a meaning that is not executed yet."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import Content, FlowNode, SequenceFlow, link_ways
from egov_flow.errors import Finding
from egov_flow.kernel import _several
from egov_flow.kernel.slots import finding

__all__ = ["beginnings", "event_blocks", "instantiating", "refused", "start_nodes"]

AWAITED = ("message", "timer", "signal", "conditional")
MEANS = {
    "startEvent": AWAITED,
    "intermediateCatchEvent": (*AWAITED, "link"),
    "intermediateThrowEvent": ("message", "signal", "escalation", "link", "compensate"),
    "endEvent": ("message", "signal", "error", "escalation", "terminate", "compensate", "cancel"),
    "boundaryEvent": (*AWAITED, "error", "escalation", "compensate", "cancel"),
}
"""The event definitions of this version that have a meaning in each position (BPMN 2.0.2 table 10.93)."""
STARTS_INSIDE = (*AWAITED, "error", "escalation", "compensate")
"""Those of a start event of an event sub-process."""

MAY_CHOOSE = frozenset({"exclusiveGateway", "inclusiveGateway", "complexGateway"})

LINKED = frozenset({"intermediateThrowEvent", "intermediateCatchEvent"})


def start_nodes(content: Content) -> list[FlowNode]:
    """Return what gets a token when a process or sub-process begins: its none start events, or, if it has no start event at all, every element without
    incoming flow (BPMN 2.0.2 §10.5.2, §13.3.4).
    """
    starts = [node for node in content.nodes if node.kind == "startEvent"]
    if starts:
        return [node for node in starts if not _definitions(node)]
    return [node for node in content.nodes if not node.incoming and not _begins_otherwise(node)]


def instantiating(content: Content) -> list[FlowNode]:
    """Return the event-based gateways and receive tasks that begin a process (BPMN 2.0.2 §10.3.3, §10.6.6)."""
    return [node for node in content.nodes if _is_instantiating(node)]


def _is_instantiating(node: FlowNode) -> bool:
    if node.gateway is not None:
        return node.kind == "eventBasedGateway" and node.gateway.is_instantiating
    return node.kind == "receiveTask" and node.activity is not None and node.activity.is_instantiating


def beginnings(content: Content) -> list[FlowNode]:
    """Return the elements at which something from outside can begin a process: start events, receive tasks, events behind gateways."""
    gateways = {node.id for node in content.nodes if node.kind == "eventBasedGateway" and _is_instantiating(node)}
    behind = {flow.target for flow in content.flows if flow.source in gateways}
    return [n for n in content.nodes if n.kind == "startEvent" or n.id in behind or (n.kind == "receiveTask" and _is_instantiating(n))]


def event_blocks(content: Content) -> list[tuple[FlowNode, FlowNode]]:
    """Return the event sub-processes of a process or sub-process, each with its start event."""
    owners = [n for n in content.nodes if n.content is not None and _is_event_block(n)]
    return [(owner, start) for owner in owners if owner.content for start in owner.content.nodes if start.kind == "startEvent"]


def _is_event_block(node: FlowNode) -> bool:
    return node.activity is not None and node.activity.is_event_subprocess


def _begins_otherwise(node: FlowNode) -> bool:
    """Return whether something else than a flow begins a node: a boundary or link event, an event sub-process, a handler of compensation, a message."""
    if (
        node.kind == "boundaryEvent"
        or _is_event_block(node)
        or _is_instantiating(node)
        or (node.activity is not None and node.activity.is_for_compensation)
    ):
        return True
    return node.kind == "intermediateCatchEvent" and "link" in _definitions(node)


def refused(content: Content, owner: FlowNode | None) -> Iterator[Finding]:
    """Yield what is out of place in a process (`owner` is None) or sub-process."""
    nodes = {node.id: node for node in content.nodes}
    is_inside = owner is not None and _is_event_block(owner)
    for node in content.nodes:
        yield from _event(node, nodes, is_inside=is_inside)
        yield from _several.refused(node, is_start_of_process=owner is None and node.kind == "startEvent")
        if node.kind == "eventBasedGateway":
            yield from _event_gateway(node, content, nodes)
        if _is_instantiating(node):
            yield from _instantiating(node, content, owner)
        if _is_event_block(node):
            yield from _event_block(node)
    yield from _links(content)
    for flow in content.flows:
        yield from _flow(flow, nodes)
    yield from _start(content, owner)
    yield from _unreached(content)


def _definitions(node: FlowNode) -> tuple[str, ...]:
    return tuple(d.kind for d in node.event.definitions) if node.event else ()


def _is_activity(element: str, nodes: dict[str, FlowNode]) -> bool:
    node = nodes.get(element)
    return node is not None and node.activity is not None


def _event(node: FlowNode, nodes: dict[str, FlowNode], *, is_inside: bool) -> Iterator[Finding]:
    if node.event is None:
        return
    kinds = _definitions(node)
    means = STARTS_INSIDE if is_inside and node.kind == "startEvent" else MEANS.get(node.kind, ())
    for definition in node.event.definitions:
        if definition.kind not in means:
            yield finding("EF-K025", node, definition=definition.kind, kind=node.kind, clause="BPMN 2.0.2 §10.5.5")
    if not kinds and node.kind in ("intermediateCatchEvent", "boundaryEvent"):
        yield finding("EF-K027", node)
    cycles = [d for d in node.event.definitions if d.timer is not None and d.timer.kind == "cycle"]
    if cycles and node.kind == "intermediateCatchEvent":
        yield finding("EF-K024", node, clause="BPMN 2.0.2 §10.5.4")
    for kind in (k for k in ("error", "compensate") if k in kinds and not node.event.is_interrupting):
        yield finding("EF-K085", node, definition=kind, clause="BPMN 2.0.2 table 10.92")
    if node.kind == "boundaryEvent" and not _is_activity(node.event.attached_to, nodes):
        yield finding("EF-K035", node)
    throws_link = node.kind == "intermediateThrowEvent" and "link" in kinds
    catches_link = node.kind == "intermediateCatchEvent" and "link" in kinds
    if node.incoming and (node.kind in ("startEvent", "boundaryEvent") or catches_link):
        yield finding("EF-K023", node, direction="incoming")
    if node.outgoing and (node.kind == "endEvent" or throws_link):
        yield finding("EF-K023", node, direction="outgoing")


def _event_block(node: FlowNode) -> Iterator[Finding]:
    """Yield what BPMN 2.0.2 §10.3.5 forbids of an event sub-process."""
    for direction, flows in (("incoming", node.incoming), ("outgoing", node.outgoing)):
        if flows:
            yield finding("EF-K023", node, direction=direction)
    starts = [n for n in node.content.nodes if n.kind == "startEvent"] if node.content else []
    if len(starts) != 1 or not _definitions(starts[0]):
        yield finding("EF-K004", node, clause="BPMN 2.0.2 §10.3.5")


def _links(content: Content) -> Iterator[Finding]:
    """Yield link events without their partner, those that name another, and those that catch where another does (BPMN 2.0.2 §10.5.5)."""
    ways = link_ways(content)
    pairs = [(thrown, end) for thrown, ends in ways.items() for end in ends]
    doubled = {end for ends in ways.values() if len(ends) > 1 for end in ends}
    links = {n.id: (n, d) for n in content.nodes if n.kind in LINKED and n.event for d in n.event.definitions if d.kind == "link"}
    for node, link in links.values():
        partners = {links[other][1].id for pair in pairs if node.id in pair for other in pair if other != node.id}
        if not partners.issuperset(link.partners) or not any(node.id in pair for pair in pairs):
            yield finding("EF-K074", node, link=link.name, clause="BPMN 2.0.2 §10.5.5")
        elif node.id in doubled:
            yield finding("EF-K075", node, link=link.name, clause="BPMN 2.0.2 §10.5.5")


def _event_gateway(node: FlowNode, content: Content, nodes: dict[str, FlowNode]) -> Iterator[Finding]:
    """Yield what BPMN 2.0.2 §10.6.6 forbids behind an event-based gateway, and what is not executed yet."""
    attached = {n.event.attached_to for n in content.nodes if n.event is not None}
    targets = [nodes[f.target] for f in content.flows if f.source == node.id and f.target in nodes]
    if not targets:
        yield finding("EF-K022", node, clause="BPMN 2.0.2 §10.6.6")
    if node.gateway is not None and node.gateway.event_type == "Parallel":
        if not node.gateway.is_instantiating:
            yield finding("EF-K098", node, clause="BPMN 2.0.2 §10.6.6")
        for target in targets:
            if target.kind != "receiveTask" and _definitions(target) != ("message",):
                yield finding("EF-K099", node, target=target.name or target.id, clause="BPMN 2.0.2 §10.6.6")
    for target in targets:
        if not _may_follow(target) or len(target.incoming) != 1 or target.id in attached:
            yield finding("EF-K021", node, target=target.name or target.id, clause="BPMN 2.0.2 §10.6.6")


def _instantiating(node: FlowNode, content: Content, owner: FlowNode | None) -> Iterator[Finding]:
    """Yield why an element cannot begin the process: it does not stand at its beginning, or something else does."""
    is_task = node.kind == "receiveTask"
    others = [n for n in content.nodes if n.kind == "startEvent" or (_is_instantiating(n) and (n.kind == "receiveTask") != is_task)]
    others += start_nodes(content)
    is_repeated = node.activity is not None and (node.activity.loop is not None or node.activity.multi_instance is not None)
    if owner is not None or node.incoming or others or is_repeated:
        yield finding("EF-K012" if is_task else "EF-K011", node, clause="BPMN 2.0.2 §10.3.3" if is_task else "BPMN 2.0.2 §10.6.6")


def _may_follow(target: FlowNode) -> bool:
    """Return whether an event-based gateway can wait for a node: a receive task, or an event of which one trigger is enough."""
    if target.kind == "receiveTask" or target.event is None:
        return target.kind == "receiveTask"
    kinds = _definitions(target)
    needs_all = target.event.is_parallel_multiple and len(kinds) > 1
    return target.kind == "intermediateCatchEvent" and bool(kinds) and set(kinds) <= set(AWAITED) and not needs_all


def _flow(flow: SequenceFlow, nodes: dict[str, FlowNode]) -> Iterator[Finding]:
    source, target = nodes.get(flow.source), nodes.get(flow.target)
    if source is None or target is None:
        yield finding("EF-K037", flow)
        return
    chooses = source.activity is not None or source.kind in MAY_CHOOSE
    if flow.condition is not None and not chooses:
        yield finding("EF-K020", flow, clause="BPMN 2.0.2 §8.4.13", kind=source.kind)


def _start(content: Content, owner: FlowNode | None) -> Iterator[Finding]:
    starts = [node for node in content.nodes if node.kind == "startEvent"]
    if owner is None:
        begins = beginnings(content)
        for node in begins:
            if "conditional" in _definitions(node) and not (node.event is not None and node.event.is_parallel_multiple):
                yield finding("EF-K083", node, severity="info")
        if not content.nodes or (not begins and not start_nodes(content)):
            yield Finding.of("EF-K029")
        return
    if _is_event_block(owner):
        return
    for node in starts:
        if _definitions(node):
            yield finding("EF-K018", node, clause="BPMN 2.0.2 §13.3.4")
    if len(starts) > 1:
        yield finding("EF-K019", owner, clause="BPMN 2.0.2 §13.3.4")
    if owner.kind == "adHocSubProcess":
        return
    if not content.nodes and owner.kind == "subProcess":
        yield finding("EF-K031", owner, severity="warning")
    elif not starts and not start_nodes(content):
        yield finding("EF-K026", owner)


def _unreached(content: Content) -> Iterator[Finding]:
    """Yield the elements that no token can enter: they have no incoming flow, and the scope has a start event."""
    if not any(node.kind == "startEvent" for node in content.nodes):
        return
    for node in content.nodes:
        if not node.incoming and node.kind != "startEvent" and not _begins_otherwise(node):
            yield finding("EF-K030", node, severity="warning")

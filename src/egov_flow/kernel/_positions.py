# SPDX-License-Identifier: Apache-2.0
"""Refusals by position: what stands where it has no meaning, or a meaning that is not executed yet."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import Content, FlowNode, SequenceFlow
from egov_flow.errors import Finding
from egov_flow.kernel.slots import finding

__all__ = ["refused", "start_nodes"]

MEANS = {
    "startEvent": ("message", "timer"),
    "intermediateCatchEvent": ("message", "timer"),
    "intermediateThrowEvent": ("message",),
    "endEvent": ("message", "terminate"),
    "boundaryEvent": ("message", "timer"),
}
"""The event definitions of this version that have a meaning in each position (BPMN 2.0.2 table 10.93)."""

MAY_CHOOSE = frozenset({"exclusiveGateway", "inclusiveGateway"})


def start_nodes(content: Content) -> list[FlowNode]:
    """Return what gets a token when a process or sub-process begins: its none start events, or, if it has no start event at all, every element without
    incoming flow (BPMN 2.0.2 §10.5.2, §13.3.4).
    """
    starts = [node for node in content.nodes if node.kind == "startEvent"]
    if starts:
        return [node for node in starts if not _definitions(node)]
    return [node for node in content.nodes if not node.incoming and node.kind != "boundaryEvent"]


def refused(content: Content, owner: FlowNode | None) -> Iterator[Finding]:
    """Yield what is out of place in a process (`owner` is None) or sub-process."""
    nodes = {node.id: node for node in content.nodes}
    for node in content.nodes:
        yield from _event(node, nodes)
        if node.kind == "eventBasedGateway":
            yield from _event_gateway(node, content, nodes)
    for flow in content.flows:
        yield from _flow(flow, nodes)
    yield from _start(content, owner)
    yield from _unreached(content)


def _definitions(node: FlowNode) -> tuple[str, ...]:
    return tuple(d.kind for d in node.event.definitions) if node.event else ()


def _is_activity(element: str, nodes: dict[str, FlowNode]) -> bool:
    node = nodes.get(element)
    return node is not None and node.activity is not None


def _event(node: FlowNode, nodes: dict[str, FlowNode]) -> Iterator[Finding]:
    if node.event is None:
        return
    kinds = _definitions(node)
    for definition in node.event.definitions:
        known = definition.kind in ("message", "timer", "terminate")
        if known and definition.kind not in MEANS.get(node.kind, ()):
            yield finding("EF-K025", node, definition=definition.kind, kind=node.kind, clause="BPMN 2.0.2 §10.5.5")
    if not kinds and node.kind in ("intermediateCatchEvent", "boundaryEvent"):
        yield finding("EF-K027", node)
    timer = node.event.definitions[0].timer if kinds == ("timer",) else None
    if timer is not None and timer.kind == "cycle" and node.kind == "intermediateCatchEvent":
        yield finding("EF-K024", node, clause="BPMN 2.0.2 §10.5.4")
    if node.kind == "boundaryEvent" and not _is_activity(node.event.attached_to, nodes):
        yield finding("EF-K035", node)
    if node.incoming and node.kind in ("startEvent", "boundaryEvent"):
        yield finding("EF-K023", node, direction="incoming")
    if node.outgoing and node.kind == "endEvent":
        yield finding("EF-K023", node, direction="outgoing")


def _event_gateway(node: FlowNode, content: Content, nodes: dict[str, FlowNode]) -> Iterator[Finding]:
    """Yield what BPMN 2.0.2 §10.6.6 forbids behind an event-based gateway, and what is not executed yet."""
    attached = {n.event.attached_to for n in content.nodes if n.event is not None}
    targets = [nodes[f.target] for f in content.flows if f.source == node.id and f.target in nodes]
    if not targets:
        yield finding("EF-K022", node, clause="BPMN 2.0.2 §10.6.6")
    for target in targets:
        catches = target.kind == "receiveTask" or (target.kind == "intermediateCatchEvent" and _definitions(target))
        if not catches or len(target.incoming) != 1 or target.id in attached:
            yield finding("EF-K021", node, target=target.name or target.id, clause="BPMN 2.0.2 §10.6.6")


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
        for node in starts:
            if "timer" in _definitions(node):
                yield finding("EF-K017", node)
        if not content.nodes or (not starts and not start_nodes(content)):
            yield Finding.of("EF-K029")
        return
    for node in starts:
        if _definitions(node):
            yield finding("EF-K018", node, clause="BPMN 2.0.2 §13.3.4")
    if len(starts) > 1:
        yield finding("EF-K019", owner, clause="BPMN 2.0.2 §13.3.4")
    if not content.nodes and owner.kind == "subProcess":
        yield finding("EF-K031", owner, severity="warning")
    elif not starts and not start_nodes(content):
        yield finding("EF-K026", owner)


def _unreached(content: Content) -> Iterator[Finding]:
    """Yield the elements that no token can enter: they have no incoming flow, and the scope has a start event."""
    if not any(node.kind == "startEvent" for node in content.nodes):
        return
    for node in content.nodes:
        is_for_compensation = node.activity is not None and (node.activity.is_for_compensation or node.activity.is_event_subprocess)
        if not node.incoming and node.kind not in ("startEvent", "boundaryEvent") and not is_for_compensation:
            yield finding("EF-K030", node, severity="warning")

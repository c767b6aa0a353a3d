# SPDX-License-Identifier: Apache-2.0
"""What the kernel would not execute, and what to draw instead.

Every element and every attribute that bears meaning is looked at: what is not executed is refused aloud, what changes nothing is at most noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from egov_flow.bpmn import Activity, Content, Event, FlowNode, SequenceFlow
from egov_flow.errors import Finding, blocking
from egov_flow.kernel import _links, _positions
from egov_flow.kernel.slots import Source, condition, finding, handler, is_job, script, trigger
from egov_flow.procedure import Procedure

__all__ = ["refusals"]

Conditions = Literal["strict", "free"]

KINDS = {
    "callActivity": "EF-K001",
    "transaction": "EF-K002",
    "adHocSubProcess": "EF-K003",
    "complexGateway": "EF-K005",
}
EXECUTED = frozenset({
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "businessRuleTask", "scriptTask", "receiveTask", "subProcess",
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway",
})  # fmt: skip

CHANGES_MEANING = frozenset({
    "preScript", "postScript", "unitTests", "executionListener", "executionListeners", "taskListener", "taskListeners", "script", "list", "map",
    "in", "out", "inputParameter", "outputParameter", "connector", "failedJobRetryTimeCycle",
})  # fmt: skip
READER_TELLS = ("EF-K035", "EF-K037", "EF-K038")
"""What a reader of files finds too; here it also guards models that were made otherwise."""
HARMLESS = frozenset({"unitTests", "failedJobRetryTimeCycle"})


def refusals(procedure: Procedure, *, conditions: Conditions = "strict") -> tuple[Finding, ...]:
    """Return why the kernel would not run a procedure, and what it notes (severity `warning` and `info`).

    Args:
        procedure: read whole.
        conditions: `free` leaves conditions, times, handlers, scripts and names open that are missing or cannot be read.
    """
    found = [*blocking(procedure.findings)]
    found += [f for f in blocking(procedure.model.findings) if f not in found]
    process = procedure.process
    if process is None:
        return (*found, Finding.of("EF-K028", procedure.model.origin.place, element=procedure.process_id))
    source = Source.of(procedure)
    contents = list(_contents(process.content))
    told = {f.element for f in found}
    own = [*_doubled(contents), *(f for owner, content in contents for f in _content(content, owner))]
    found += [f for f in own if f.code not in READER_TELLS or f.element not in told]
    if conditions == "strict":
        for _, content in contents:
            found += _slots(source, content)
    found += _links.misplaced(source, process.content, procedure)
    return tuple(found)


def _contents(content: Content) -> Iterator[tuple[FlowNode | None, Content]]:
    todo: list[tuple[FlowNode | None, Content]] = [(None, content)]
    while todo:
        owner, found = todo.pop()
        yield owner, found
        todo.extend((n, n.content) for n in reversed(found.nodes) if n.content is not None)


def _doubled(contents: list[tuple[FlowNode | None, Content]]) -> Iterator[Finding]:
    """Yield the elements whose id an element before them has."""
    known: set[str] = set()
    for _, content in contents:
        elements: tuple[FlowNode | SequenceFlow, ...] = (*content.nodes, *content.flows)
        for element in elements:
            if element.id in known:
                yield finding("EF-K038", element)
            known.add(element.id)


def _content(content: Content, owner: FlowNode | None) -> Iterator[Finding]:
    for node in content.nodes:
        yield from _node(node)
    for flow in content.flows:
        yield from _vendor(flow)
    for element in content.data:
        if owner is not None and element.name.startswith("__"):
            yield finding("EF-K069", owner, element.origin.place, name=element.name)
    yield from _positions.refused(content, owner)


def _node(node: FlowNode) -> Iterator[Finding]:
    if node.kind in KINDS:
        yield finding(KINDS[node.kind], node)
    elif node.kind not in EXECUTED:
        yield finding("EF-K036", node, kind=node.kind)
    if node.activity is not None:
        yield from _activity(node, node.activity)
    if node.event is not None:
        yield from _event(node, node.event)
    if node.gateway is not None and node.gateway.is_instantiating:
        yield finding("EF-K011", node)
    yield from _data(node)
    if node.vendor.inputs or node.vendor.outputs:
        yield finding("EF-K015", node, names=", ".join(v.target for v in (*node.vendor.inputs, *node.vendor.outputs)))
    yield from _vendor(node)


def _activity(node: FlowNode, activity: Activity) -> Iterator[Finding]:
    if activity.is_event_subprocess:
        yield finding("EF-K004", node)
    if activity.multi_instance is not None:
        yield finding("EF-K006", node)
    if activity.loop is not None:
        yield finding("EF-K007", node)
    if activity.is_for_compensation:
        yield finding("EF-K009", node)
    if activity.is_instantiating:
        yield finding("EF-K012", node)
    if activity.start_quantity != 1 or activity.completion_quantity != 1:
        yield finding("EF-K013", node)


def _event(node: FlowNode, event: Event) -> Iterator[Finding]:
    if len(event.definitions) > 1:
        yield finding("EF-K010", node)
    for definition in event.definitions:
        if definition.kind not in ("message", "timer", "terminate"):
            yield finding("EF-K008", node, definition=definition.kind)


def _data(node: FlowNode) -> Iterator[Finding]:
    if any(a.transformation is not None or a.assignments for a in node.data_associations):
        yield finding("EF-K014", node)
    elif node.data_associations or node.parameters:
        yield finding("EF-K033", node, severity="info")


def _vendor(node: FlowNode | SequenceFlow) -> Iterator[Finding]:
    vendor = node.vendor
    if vendor.result_variable.startswith("__"):
        yield finding("EF-K069", node, name=vendor.result_variable)
    names = [name for name in vendor.unread if name.rpartition(":")[2] in CHANGES_MEANING - HARMLESS]
    if names:
        yield finding("EF-K034", node, names=", ".join(names))
    others = [name for name in vendor.unread if name not in names]
    if others:
        yield finding("EF-K032", node, severity="info", names=", ".join(others))


def _slots(source: Source, content: Content) -> Iterator[Finding]:
    nodes = {node.id: node for node in content.nodes}
    for node in content.nodes:
        yield from _node_slots(source, node)
    for flow in content.flows:
        start = nodes.get(flow.source)
        if start is not None:
            yield from condition(source, start, flow).findings
        if start is not None and start.default == flow.id and flow.condition is not None:
            yield finding("EF-K068", flow, severity="warning", clause="BPMN 2.0.2 §8.4.13")


def _node_slots(source: Source, node: FlowNode) -> Iterator[Finding]:
    if node.event is not None and len(node.event.definitions) == 1:
        yield from trigger(source, node, node.event.definitions[0]).findings
    elif node.kind == "receiveTask":
        yield from trigger(source, node, None).findings
    elif node.kind == "sendTask":
        yield from _send_slots(source, node)
    elif is_job(node):
        yield from handler(source, node).findings
    elif node.kind == "scriptTask":
        yield from script(node).findings


def _send_slots(source: Source, node: FlowNode) -> Iterator[Finding]:
    """A send task has a handler, or else a message to throw."""
    named = handler(source, node)
    if named.is_filled:
        yield from named.findings
        return
    thrown = trigger(source, node, None)
    yield from thrown.findings if thrown.is_filled else named.findings

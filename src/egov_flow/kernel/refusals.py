# SPDX-License-Identifier: Apache-2.0
"""What the kernel would not execute, and what to draw instead.

Every element and every attribute that bears meaning is looked at: what is not executed is refused aloud, what changes nothing is at most noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal

from egov_flow.bpmn import Activity, Content, EventDefinition, FlowNode, SequenceFlow
from egov_flow.data import EMPTY
from egov_flow.errors import FeelError, Finding, blocking
from egov_flow.kernel import _activation, _adhoc_parts, _compensating, _input_sets, _links, _performers, _positions, _stores
from egov_flow.kernel._parts import Part, called_process, effective, parts
from egov_flow.kernel.passing import moves_data, passings
from egov_flow.kernel.repeating import repetition
from egov_flow.kernel.run import Fault
from egov_flow.kernel.slots import Source, condition, finding, handler, is_job, script
from egov_flow.kernel.triggers import trigger
from egov_flow.kernel.waiting import read_time
from egov_flow.procedure import Procedure

__all__ = ["refusals"]

Conditions = Literal["strict", "free"]

EXECUTED = frozenset({
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "businessRuleTask", "scriptTask", "receiveTask", "subProcess", "transaction",
    "adHocSubProcess", "callActivity",
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway",
})  # fmt: skip

CHANGES_MEANING = frozenset({
    "preScript", "postScript", "unitTests", "executionListener", "executionListeners", "taskListener", "taskListeners", "script", "list", "map",
    "in", "out", "inputParameter", "outputParameter", "connector", "failedJobRetryTimeCycle", "propagateAllChildVariables", "propagateAllParentVariables",
})  # fmt: skip
READER_TELLS = ("EF-K035", "EF-K037", "EF-K038")
"""What a reader of files finds too; here it also guards models that were made otherwise."""
SOME_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
"""For a look at a time that reads the clock: any moment shows whether it is a time at all."""
COMPENSATE = "##Compensate"
"""The method of a transaction that is executed, which is the standard's default."""
HARMLESS = frozenset({"unitTests", "failedJobRetryTimeCycle"})


def refusals(procedure: Procedure, *, conditions: Conditions = "strict") -> tuple[Finding, ...]:
    """Return why the kernel would not run a procedure, and what it notes (severity `warning` and `info`).

    Args:
        procedure: read whole.
        conditions: `free` leaves conditions, times, handlers, scripts and names open that are missing or cannot be read, and what passes as data.
    """
    found = [*blocking(procedure.findings)]
    found += [f for f in blocking(procedure.model.findings) if f not in found]
    process = procedure.process
    if process is None and found and not procedure.model.processes:
        return tuple(found)  # they say why nothing was read
    if process is None:
        return (*found, Finding.of("EF-K028", procedure.model.origin.place, element=procedure.process_id))
    source = Source.of(procedure)
    executed = parts(procedure)
    told = {f.element for f in found}
    own = [*_doubled(executed), *(f for part in executed for f in _content(source, part))]
    found += [f for f in own if f.code not in READER_TELLS or f.element not in told]
    if conditions == "strict":
        for part in executed:
            found += _slots(source, part.content)
            found += _stores.refused(source, part.content, part.owner)
            found += _timeless(source, part.content) if part.owner is None else ()
    found += _links.misplaced(source, [part.content for part in executed], procedure)
    return tuple(found)


def _doubled(executed: tuple[Part, ...]) -> Iterator[Finding]:
    """Yield the elements whose id an element before them has."""
    known: set[str] = set()
    for part in executed:
        elements: tuple[FlowNode | SequenceFlow, ...] = (*part.content.nodes, *part.content.flows)
        for element in elements:
            if element.id in known:
                yield finding("EF-K038", element)
            known.add(element.id)


def _content(source: Source, part: Part) -> Iterator[Finding]:
    for node in part.content.nodes:
        yield from _node(source, node)
    for flow in part.content.flows:
        yield from _vendor(flow)
    if part.owner is None:
        yield from _interface(part)
    for element in part.content.data:
        if part.owner is not None and element.name.startswith("__"):
            yield finding("EF-K069", part.owner, element.origin.place, name=element.name)
    yield from _positions.refused(part.content, part.owner)
    if part.owner is not None and part.owner.kind == "adHocSubProcess":
        yield from _adhoc_parts.refused(part.content, part.owner)
    yield from _compensating.refused(part, source.procedure)


def _interface(part: Part) -> Iterator[Finding]:
    """Note the data inputs and outputs of a process: a case begins with the data that the start command brings, whatever they are called."""
    drawn = [d for d in part.content.data if d.kind in ("dataInput", "dataOutput")]
    if drawn:
        yield Finding.of("EF-K033", drawn[0].origin.place, severity="info", element=part.id, name=part.process.name, type="process")


def _node(source: Source, drawn: FlowNode) -> Iterator[Finding]:
    node = effective(source.procedure, drawn)
    if node.kind not in EXECUTED:
        yield finding("EF-K036", node, kind=node.kind)
    if node.kind == "callActivity":
        yield from _call(source, node)
    if node.activity is not None:
        yield from _activity(node, node.activity)
    yield from _data(source, node)
    yield from _vendor(node)
    yield from _people(source, node)


def _people(source: Source, node: FlowNode) -> Iterator[Finding]:
    """Note what the diagram computes about people and dues, which is said in procedure.yaml here."""
    link = source.link(node.id)
    if node.vendor.due_date and not link.due:
        yield finding("EF-K087", node, severity="info", due=node.vendor.due_date)
    computed = _performers.not_computed(node)
    if computed and not link.role:
        yield finding("EF-K088", node, severity="warning", expression=", ".join(computed))


def _call(source: Source, node: FlowNode) -> Iterator[Finding]:
    """Yield why a call cannot be bound: what it calls is a process or global task of the same file, so that its version is that of the procedure."""
    process = called_process(source.procedure, node)
    if process is None:
        yield finding("EF-K001", node, called=node.activity.called if node.activity else "")
        return
    starts = [n for n in process.content.nodes if n.kind == "startEvent"]
    if (starts or _positions.instantiating(process.content)) and len(_positions.start_nodes(process.content)) != 1:
        count = len(_positions.start_nodes(process.content))
        yield finding("EF-K017", node, called=process.name or process.id, count=count, clause="BPMN 2.0.2 §10.3.6")


def _activity(node: FlowNode, activity: Activity) -> Iterator[Finding]:
    if activity.method not in ("", COMPENSATE):
        yield finding("EF-K009", node, method=activity.method, clause="BPMN 2.0.2 §10.3.5")
    if activity.is_event_subprocess and (activity.multi_instance is not None or activity.loop is not None):
        yield finding("EF-K086", node, clause="BPMN 2.0.2 §10.3.5")
    yield from _input_sets.refused(node)
    if activity.start_quantity < 1 or activity.completion_quantity < 1 or (activity.start_quantity > 1 and not node.incoming):
        yield finding("EF-K013", node, clause="BPMN 2.0.2 §10.3")


def _data(source: Source, node: FlowNode) -> Iterator[Finding]:
    unread = any(p.kind == "property" and not p.name.startswith("__") for p in node.parameters)
    unread = unread or (bool(node.parameters) and not node.data_associations)
    if unread or any(not moves_data(source, a) for a in node.data_associations):
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
        drawn = effective(source.procedure, node)
        yield from _node_slots(source, drawn)
        yield from passings(source, drawn).findings
        yield from repetition(source, drawn).findings
        yield from _performers.groups(source, drawn).findings
    for flow in content.flows:
        start = nodes.get(flow.source)
        if start is not None:
            yield from condition(source, start, flow).findings
            yield from _activation.twice(source, start, flow)
        if start is not None and start.default == flow.id and flow.condition is not None:
            yield finding("EF-K068", flow, severity="warning", clause="BPMN 2.0.2 §8.4.13")


def _timeless(source: Source, content: Content) -> Iterator[Finding]:
    """Yield the timer events that begin a process whose time cannot be reckoned while there is no case: nothing would ever begin."""
    for node in _positions.beginnings(content):
        definitions = node.event.definitions if node.event is not None and not node.event.is_parallel_multiple else ()
        if any(d.kind == "timer" and not _has_moment(source, node, d) for d in definitions):
            yield finding("EF-K090", node, clause="BPMN 2.0.2 §10.5.2")


def _has_moment(source: Source, node: FlowNode, definition: EventDefinition) -> bool:
    found = trigger(source, node, definition).value
    if found is None or found.time is None or found.time.expression is None:
        return True
    try:
        read_time(found.time.kind, found.time.expression(EMPTY, now=SOME_MOMENT))
    except (FeelError, OverflowError, Fault):
        return False
    return True


def _node_slots(source: Source, node: FlowNode) -> Iterator[Finding]:
    if node.event is not None:
        yield from (found for definition in node.event.definitions for found in trigger(source, node, definition).findings)
    elif node.kind == "receiveTask":
        yield from trigger(source, node, None).findings
    elif node.kind == "sendTask":
        yield from _send_slots(source, node)
    elif node.kind == "adHocSubProcess":
        yield from _adhoc_parts.completion(node).findings
    elif is_job(node):
        yield from handler(source, node).findings
    elif node.kind == "scriptTask":
        yield from script(node).findings
    elif node.kind == "complexGateway":
        yield from _activation.activation(node).findings


def _send_slots(source: Source, node: FlowNode) -> Iterator[Finding]:
    """A send task has a handler, or else a message to throw."""
    named = handler(source, node)
    if named.is_filled:
        yield from named.findings
        return
    thrown = trigger(source, node, None)
    yield from thrown.findings if thrown.is_filled else named.findings

# SPDX-License-Identifier: Apache-2.0
"""Compiling: from a procedure to the Program that is stepped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Literal

import attrs

from egov_flow.bpmn import Content, EventDefinition, FlowNode, SequenceFlow, link_ways
from egov_flow.data import zone_named
from egov_flow.errors import ProcedureError, blocking
from egov_flow.kernel import _adhoc_parts
from egov_flow.kernel._activation import joining, reads_state
from egov_flow.kernel._compensating import compensators, kept
from egov_flow.kernel._input_sets import input_choices, output_choices
from egov_flow.kernel._parts import Part, called_process, effective, parts
from egov_flow.kernel._performers import groups
from egov_flow.kernel._positions import beginnings, event_blocks, start_nodes
from egov_flow.kernel._stores import drawn, with_stores
from egov_flow.kernel.passing import Passings, passings
from egov_flow.kernel.program import FROM_INSIDE, MULTIPLE, NONE, PARALLEL, AdHoc, Block, Flow, Node, Program, Repetition, Trigger
from egov_flow.kernel.reachability import upstream
from egov_flow.kernel.refusals import refusals
from egov_flow.kernel.repeating import repetition
from egov_flow.kernel.slots import Source, condition, handler, is_job, needs_condition, script
from egov_flow.kernel.triggers import trigger
from egov_flow.procedure import Procedure

__all__ = ["compile"]

Conditions = Literal["strict", "free"]

ACTIONS = {
    "startEvent": "pass",
    "endEvent": "pass",
    "intermediateThrowEvent": "pass",
    "intermediateCatchEvent": "catch",
    "boundaryEvent": "catch",
    "task": "abstract",
    "userTask": "work",
    "manualTask": "work",
    "scriptTask": "script",
    "receiveTask": "receive",
    "sendTask": "throw",
    "subProcess": "block",
    "transaction": "block",
    "adHocSubProcess": "block",
    "callActivity": "block",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "complexGateway": "inclusive",
    "eventBasedGateway": "event_gateway",
}
THROWN = {
    "terminate": "terminate",
    "signal": "signal",
    "error": "raise",
    "escalation": "raise",
    "link": "link",
    "compensate": "compensate",
    "cancel": "cancel",
}
"""What an event that throws does, by its definition; any other is a message."""
THROWING = frozenset({"endEvent", "intermediateThrowEvent"})
LATE = frozenset({"all", "throw", "signal", "raise", "terminate", "compensate", "cancel"})
THROW_ORDER = {"message": 0, "signal": 1, "escalation": 2}
"""Of an event that throws several: what nothing can end comes first, what ends the scope comes last."""
NAMED_AFTER_NODE = frozenset({"message", "signal"})


def compile(procedure: Procedure, *, conditions: Conditions = "strict") -> Program:  # noqa: A001 - the word of the design
    """Return the Program of a procedure; the same procedure always gives an equal one. Whoever runs many cases keeps it.

    Args:
        procedure: read whole.
        conditions: `strict`: everything can be executed. `free`: conditions that are missing or cannot be read are open (only `Choices` decide them), and so
            are times (they fire when a command says so), scripts (they change nothing) and repetitions; a handler or message without name is named after
            its element.

    Raises:
        ProcedureError: the procedure has refusals; see `refusals`.
    """
    wrong = blocking(refusals(procedure, conditions=conditions))
    if wrong:
        raise ProcedureError(wrong)
    return _Compiler.of(with_stores(procedure), conditions).program()


@cache
def tzdata_version() -> str:
    """Return the version of the time zone database that the Programs of this process use, `2026a`."""
    return str(import_module("tzdata").IANA_VERSION)


@attrs.define
class _Compiler:
    """Numbers blocks, nodes and flows, and translates each."""

    source: Source
    conditions: Conditions
    parts: tuple[Part, ...]
    nodes: list[tuple[int, FlowNode]]
    flows: list[SequenceFlow]
    index: dict[str, int]
    flow_index: dict[str, int]
    block_index: dict[str, int]
    event_starts: dict[str, str]
    kinds: dict[str, str]
    outgoing: defaultdict[int, list[int]] = attrs.field(factory=lambda: defaultdict(list))
    incoming: defaultdict[int, list[int]] = attrs.field(factory=lambda: defaultdict(list))
    boundary: defaultdict[str, list[int]] = attrs.field(factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, procedure: Procedure, conditions: Conditions) -> _Compiler:
        found = parts(procedure)
        nodes = [(number, effective(procedure, node)) for number, part in enumerate(found) for node in part.content.nodes]
        flows = [flow for part in found for flow in part.content.flows]
        return cls(
            source=Source.of(procedure),
            conditions=conditions,
            parts=found,
            nodes=nodes,
            flows=flows,
            index={node.id: i for i, (_, node) in enumerate(nodes)},
            flow_index={flow.id: i for i, flow in enumerate(flows)},
            block_index={part.id: i for i, part in enumerate(found)},
            event_starts={start.id: owner.id for part in found for owner, start in event_blocks(part.content)},
            kinds={node.id: node.kind for part in found for node in part.content.nodes},
        )

    def program(self) -> Program:
        procedure = self.source.procedure
        flows = tuple(self.flow(i, flow) for i, flow in enumerate(self.flows))
        self.connect(flows)
        nodes = [self.node(i, block, node, flows) for i, (block, node) in enumerate(self.nodes)]
        for number, node in enumerate(nodes):
            if node.is_join and node.action in ("inclusive", "complex"):
                nodes[number] = attrs.evolve(node, reach=upstream(nodes, flows, node))
        blocks = tuple(self.block(i, part) for i, part in enumerate(self.parts))
        for number in kept(nodes, blocks):
            nodes[number] = attrs.evolve(nodes[number], is_kept=True)
        return Program(
            procedure=procedure.id,
            version=procedure.version,
            sha256=procedure.sha256,
            process=procedure.process_id,
            conditions=self.conditions,
            tzdata=tzdata_version(),
            zone=zone_named(procedure.zone),
            nodes=tuple(nodes),
            flows=flows,
            blocks=blocks,
            index=self.index,
            flow_index=self.flow_index,
        )

    def connect(self, flows: tuple[Flow, ...]) -> None:
        """Note, once for all nodes, which flows and boundary events belong to each."""
        for flow in flows:
            self.outgoing[flow.source].append(flow.index)
            self.incoming[flow.target].append(flow.index)
        for index, (_, node) in enumerate(self.nodes):
            if node.event is not None and node.event.attached_to:
                self.boundary[node.event.attached_to].append(index)

    def flow(self, index: int, flow: SequenceFlow) -> Flow:
        source = self.nodes[self.index[flow.source]][1]
        slot = condition(self.source, source, flow)
        is_default = flow.id == source.default
        return Flow(
            index=index,
            id=flow.id,
            source=self.index[flow.source],
            target=self.index[flow.target],
            condition=None if is_default else slot.value,
            is_conditional=not is_default and (slot.is_filled or needs_condition(source, flow)),
            is_open=not is_default and bool(slot.findings),
            is_certain=reads_state(source, slot.value),
        )

    def node(self, index: int, block: int, node: FlowNode, flows: tuple[Flow, ...]) -> Node:
        outgoing = tuple(self.outgoing[index])
        default = self.flow_index.get(node.default, NONE)
        found = self.trigger(node)
        joins = joining(node)
        action = self.action(node, found) if joins is None else "complex"
        spec, passed = self.repetition(node), self.passings(node)
        attached = node.event.attached_to if node.event is not None else ""
        boundary = tuple(self.boundary[node.id])
        return Node(
            index=index,
            id=node.id,
            drawn=drawn(node.id),
            kind=self.kinds[node.id],
            action="rounds" if spec else action,
            body=action if spec else "",
            block=block,
            incoming=tuple(self.incoming[index]),
            outgoing=outgoing,
            default=default if default in outgoing else NONE,
            is_choice=default in outgoing or any(flows[f].is_conditional for f in outgoing),
            is_open=any(flows[f].is_open for f in outgoing),
            trigger=found,
            boundary=boundary,
            armed=tuple(i for i in boundary if self.is_awaited(i)),
            handlers=tuple(i for i in boundary if self.is_caught_from_inside(i)),
            host=self.index[attached] if attached else NONE,
            is_interrupting=node.event is None or node.event.is_interrupting,
            event_block=self.index[self.event_starts[node.id]] if node.id in self.event_starts else NONE,
            link=self.linked(block, node) if action == "link" else NONE,
            handler=(handler(self.source, node).value or node.id) if action == "job" else "",
            script=script(node).value if action == "script" else None,
            result=node.vendor.result_variable,
            content=self.content(node) if action == "block" else NONE,
            is_call=node.kind == "callActivity",
            compensator=self.index.get(compensators(self.parts[block].content).get(node.id, ""), NONE),
            inputs=passed.inputs,
            outputs=passed.outputs,
            groups=groups(self.source, node).value or (),
            input_sets=input_choices(self.source, node),
            output_sets=output_choices(self.source, node),
            repetition=spec,
            bit=1 << index,
            joining=joins,
            is_late=action in LATE,
            is_adhoc=node.activity is not None and not node.activity.is_for_compensation and self.is_adhoc(block),
            takes=node.activity.start_quantity if node.activity else 1,
            gives=node.activity.completion_quantity if node.activity else 1,
        )

    def is_awaited(self, index: int) -> bool:
        """Return whether an event waits for something from outside its activity or scope."""
        event = self.nodes[index][1].event
        return event is not None and any(d.kind not in FROM_INSIDE for d in event.definitions)

    def is_caught_from_inside(self, index: int) -> bool:
        """Return whether an event catches something that is thrown inside its activity or scope."""
        event = self.nodes[index][1].event
        return event is not None and any(d.kind in FROM_INSIDE for d in event.definitions)

    def is_adhoc(self, block: int) -> bool:
        owner = self.parts[block].owner
        return owner is not None and owner.kind == "adHocSubProcess"

    def adhoc(self, index: int, part: Part) -> AdHoc | None:
        """Return how an ad-hoc sub-process is done."""
        if part.owner is None or part.owner.activity is None or not self.is_adhoc(index):
            return None
        completion = _adhoc_parts.completion(part.owner)
        return AdHoc(
            enabled=tuple(self.index[n.id] for n in _adhoc_parts.begun_by_people(part.content)),
            completion=completion.value,
            is_ended_by_people=not completion.is_filled,
            is_sequential=part.owner.activity.ordering == "Sequential",
            cancels=part.owner.activity.cancels_remaining,
        )

    def compensates(self, index: int) -> bool:
        """Return whether an event is one of compensation."""
        event = self.nodes[index][1].event
        return event is not None and any(d.kind == "compensate" for d in event.definitions)

    def linked(self, block: int, node: FlowNode) -> int:
        return self.index[link_ways(self.parts[block].content)[node.id][0]]

    def content(self, node: FlowNode) -> int:
        process = called_process(self.source.procedure, node)
        return self.block_index[node.id if process is None else process.id]

    def repetition(self, node: FlowNode) -> Repetition | None:
        return repetition(self.source, node).value

    def passings(self, node: FlowNode) -> Passings:
        return passings(self.source, node)

    def trigger(self, node: FlowNode) -> Trigger | None:
        """Return what a node waits for or throws."""
        if node.event is not None:
            found = tuple(self.part(node, d) for d in node.event.definitions)
            return _several(node, found) if len(found) > 1 else found[0] if found else None
        if node.kind == "receiveTask" or (node.kind == "sendTask" and not handler(self.source, node).is_filled):
            return self.part(node, None)
        return None

    def part(self, node: FlowNode, definition: EventDefinition | None) -> Trigger:
        """Return the trigger of one definition (None: of a task); what is left open is named after the node."""
        found = trigger(self.source, node, definition).value
        if found is not None:
            return found
        kind = definition.kind if definition else "message"
        return Trigger(kind="condition" if kind == "conditional" else kind, name=node.id if kind in NAMED_AFTER_NODE else "")

    def action(self, node: FlowNode, found: Trigger | None) -> str:
        if is_job(node) and (node.kind != "sendTask" or found is None):
            return "job"
        if node.kind in THROWING and found is not None:
            return "all" if found.parts else THROWN.get(found.kind, "throw")
        if node.kind == "intermediateCatchEvent" and found is not None and found.kind == "link":
            return "pass"
        if node.gateway is not None and node.kind == "eventBasedGateway" and node.gateway.event_type == "Parallel":
            return "parallel"  # it begins the process, and all of its events are awaited
        return ACTIONS[node.kind]

    def block(self, index: int, part: Part) -> Block:
        content, owner = part.content, part.owner
        is_event = owner is not None and owner.activity is not None and owner.activity.is_event_subprocess
        starts = [n.id for n in content.nodes if n.kind == "startEvent"]
        inside = [self.index[start.id] for _, start in event_blocks(content)]
        return Block(
            index=index,
            id=part.id,
            is_process=owner is None,
            is_event=is_event,
            nodes=tuple(self.index[n.id] for n in content.nodes),
            starts=tuple(self.index[n] for n in starts)
            if is_event
            else ()
            if self.is_adhoc(index)
            else tuple(self.index[n.id] for n in start_nodes(content)),
            entries={n.id: self.index[n.id] for n in beginnings(content)} if part.is_pool else {},
            groups=tuple(self.index[n.id] for n in content.nodes if n.gateway is not None and n.gateway.is_instantiating),
            armed=tuple(i for i in inside if self.is_awaited(i)),
            handlers=tuple(i for i in inside if self.is_caught_from_inside(i)),
            adhoc=self.adhoc(index, part),
            compensator=next((i for i in inside if self.compensates(i)), NONE),
            local=tuple(_local(content)) if owner is not None else (),
        )


def _several(node: FlowNode, parts: tuple[Trigger, ...]) -> Trigger:
    if node.kind in THROWING:
        return Trigger(kind=MULTIPLE, parts=tuple(sorted(parts, key=lambda part: THROW_ORDER.get(part.kind, len(THROW_ORDER)))))
    return Trigger(kind=PARALLEL if node.event is not None and node.event.is_parallel_multiple else MULTIPLE, parts=parts)


def _local(content: Content) -> Iterator[str]:
    """Yield the variables that a sub-process declares: properties and data objects by name, a nameless data object by that of its reference."""
    names = {d.reference: d.name for d in content.data if d.kind == "dataObjectReference" and d.name}
    for element in content.data:
        if element.kind in ("property", "dataObject"):
            name = element.name or names.get(element.id, "")
            if name:
                yield name

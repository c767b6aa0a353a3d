# SPDX-License-Identifier: Apache-2.0
"""Compiling: from a procedure to the Program that is stepped."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Literal

import attrs

from egov_flow.bpmn import Content, FlowNode, SequenceFlow
from egov_flow.data import zone_named
from egov_flow.errors import ProcedureError, blocking
from egov_flow.kernel._positions import start_nodes
from egov_flow.kernel.program import NONE, Block, Flow, Node, Program, Trigger
from egov_flow.kernel.reachability import upstream
from egov_flow.kernel.refusals import refusals
from egov_flow.kernel.slots import Source, condition, handler, is_job, needs_condition, script, trigger
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
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "eventBasedGateway": "event_gateway",
}
Key = tuple[str, str, str]


@attrs.define
class _Kept:
    """The programs compiled last, by hash; they are pure functions of their bytes, so that keeping them shows nowhere but in time."""

    size: int = 64
    programs: OrderedDict[Key, Program] = attrs.field(factory=OrderedDict)
    lock: Lock = attrs.field(factory=Lock)

    def get(self, key: Key) -> Program | None:
        with self.lock:
            return self.programs.get(key)

    def put(self, key: Key, program: Program) -> None:
        with self.lock:
            self.programs[key] = program
            while len(self.programs) > self.size:
                self.programs.popitem(last=False)


_KEPT = _Kept()


def compile(procedure: Procedure, *, conditions: Conditions = "strict") -> Program:  # noqa: A001 - the word of the design
    """Return the Program of a procedure; programs of the same bytes are the same object.

    Args:
        procedure: read whole.
        conditions: `strict`: everything can be executed. `free`: conditions that are missing or cannot be read are open (only `Choices` decide them), and so
            are times (they fire when a command says so) and scripts (they change nothing); a handler or message without name is named after its element.

    Raises:
        ProcedureError: the procedure has refusals; see `refusals`.
    """
    key = (procedure.sha256, procedure.process_id, conditions)
    program = _KEPT.get(key) if procedure.sha256 else None
    if program is None:
        wrong = blocking(refusals(procedure, conditions=conditions))
        if wrong:
            raise ProcedureError(wrong)
        program = _Compiler.of(procedure, conditions).program()
        if procedure.sha256:
            _KEPT.put(key, program)
    return program


@cache
def tzdata_version() -> str:
    """Return the version of the time zone database that the Programs of this process use, `2026a`."""
    return str(import_module("tzdata").IANA_VERSION)


@attrs.define
class _Compiler:
    """Numbers blocks, nodes and flows, and translates each."""

    source: Source
    conditions: Conditions
    blocks: list[tuple[str, Content]]
    nodes: list[tuple[int, FlowNode]]
    flows: list[SequenceFlow]
    index: dict[str, int]
    flow_index: dict[str, int]
    block_index: dict[str, int]
    by_id: dict[str, FlowNode]
    outgoing: defaultdict[int, list[int]] = attrs.field(factory=lambda: defaultdict(list))
    incoming: defaultdict[int, list[int]] = attrs.field(factory=lambda: defaultdict(list))
    boundary: defaultdict[str, list[int]] = attrs.field(factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, procedure: Procedure, conditions: Conditions) -> _Compiler:
        process = procedure.process
        if process is None:
            raise AssertionError("a procedure without process was not refused")
        blocks = list(_blocks(process.id, process.content))
        nodes = [(number, node) for number, (_, content) in enumerate(blocks) for node in content.nodes]
        flows = [flow for _, content in blocks for flow in content.flows]
        return cls(
            source=Source.of(procedure),
            conditions=conditions,
            blocks=blocks,
            nodes=nodes,
            flows=flows,
            index={node.id: i for i, (_, node) in enumerate(nodes)},
            flow_index={flow.id: i for i, flow in enumerate(flows)},
            block_index={name: i for i, (name, _) in enumerate(blocks)},
            by_id={node.id: node for _, node in nodes},
        )

    def program(self) -> Program:
        procedure = self.source.procedure
        flows = tuple(self.flow(i, flow) for i, flow in enumerate(self.flows))
        self.connect(flows)
        nodes = [self.node(i, block, node, flows) for i, (block, node) in enumerate(self.nodes)]
        for number, node in enumerate(nodes):
            if node.action == "inclusive" and len(node.incoming) > 1:
                nodes[number] = attrs.evolve(node, reach=upstream(nodes, flows, node))
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
            blocks=tuple(self.block(i, name, content) for i, (name, content) in enumerate(self.blocks)),
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
        source = self.by_id[flow.source]
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
        )

    def node(self, index: int, block: int, node: FlowNode, flows: tuple[Flow, ...]) -> Node:
        outgoing = tuple(self.outgoing[index])
        default = self.flow_index.get(node.default, NONE)
        attached = node.event.attached_to if node.event else ""
        found = self.trigger(node)
        action = self.action(node, found)
        return Node(
            index=index,
            id=node.id,
            kind=node.kind,
            action=action,
            block=block,
            incoming=tuple(self.incoming[index]),
            outgoing=outgoing,
            default=default if default in outgoing else NONE,
            is_choice=default in outgoing or any(flows[f].is_conditional for f in outgoing),
            is_open=any(flows[f].is_open for f in outgoing),
            trigger=found,
            boundary=tuple(self.boundary[node.id]),
            host=self.index[attached] if attached else NONE,
            is_interrupting=node.event is None or node.event.is_interrupting,
            handler=(handler(self.source, node).value or node.id) if action == "job" else "",
            script=script(node).value if action == "script" else None,
            result=node.vendor.result_variable,
            content=self.block_index[node.id] if action == "block" else NONE,
            bit=1 << index,
            is_late=action in ("throw", "terminate"),
        )

    def trigger(self, node: FlowNode) -> Trigger | None:
        """Return what a node waits for or throws; what is left open is named after the node."""
        definition = None
        if node.event is not None:
            if not node.event.definitions:
                return None
            definition = node.event.definitions[0]
        elif node.kind != "receiveTask" and (node.kind != "sendTask" or handler(self.source, node).is_filled):
            return None
        found = trigger(self.source, node, definition).value
        if found is not None:
            return found
        kind = definition.kind if definition else "message"
        return Trigger(kind=kind, name=node.id if kind == "message" else "")

    def action(self, node: FlowNode, found: Trigger | None) -> str:
        if is_job(node) and (node.kind != "sendTask" or found is None):
            return "job"
        if node.kind in ("endEvent", "intermediateThrowEvent") and found is not None:
            return "terminate" if found.kind == "terminate" else "throw"
        return ACTIONS[node.kind]

    def block(self, index: int, name: str, content: Content) -> Block:
        entries = {n.id: self.index[n.id] for n in content.nodes if n.kind == "startEvent"} if index == 0 else {}
        return Block(
            index=index,
            id=name,
            nodes=tuple(self.index[n.id] for n in content.nodes),
            starts=tuple(self.index[n.id] for n in start_nodes(content)),
            entries=entries,
            local=tuple(_local(content)) if index else (),
        )


def _blocks(name: str, content: Content) -> Iterator[tuple[str, Content]]:
    todo = [(name, content)]
    while todo:
        found = todo.pop()
        yield found
        todo.extend((n.id, n.content) for n in reversed(found[1].nodes) if n.content is not None)


def _local(content: Content) -> Iterator[str]:
    """Yield the variables that a sub-process declares: properties and data objects by name, a nameless data object by that of its reference."""
    names = {d.reference: d.name for d in content.data if d.kind == "dataObjectReference" and d.name}
    for element in content.data:
        if element.kind in ("property", "dataObject"):
            name = element.name or names.get(element.id, "")
            if name:
                yield name

# SPDX-License-Identifier: Apache-2.0
"""The Program: a procedure made ready to be stepped. Nothing in it ever changes.

Nodes, flows and blocks name each other by their index in the Program, so that all of it is immutable and a state can refer to it by small numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

import attrs

from egov_flow.data import Value
from egov_flow.feel import Expression
from egov_flow.values import Occurrence

__all__ = ["NONE", "SEMANTICS", "Block", "Flow", "Limits", "Node", "Program", "TimerTime", "Trigger"]

SEMANTICS = "1"
"""The number of the kernel's observable meaning; it is raised when a recorded history would replay differently."""

NONE = -1
"""The index of no node, flow or block."""


@attrs.frozen
class Limits:
    """What one command may spend.

    Attributes:
        fuel: entries of elements; those that are left over are parked as incidents of kind `fuel`.
    """

    fuel: int = 100_000


DEFAULT_LIMITS = Limits()


@attrs.frozen
class TimerTime:
    """When a timer fires: `kind` is `duration`, `date` or `cycle`; a literal is a `constant`, anything else an `expression`; neither if open."""

    kind: str
    constant: Value = None
    expression: Expression | None = None


@attrs.frozen(kw_only=True)
class Trigger:
    """What an event or receive task waits for, or what it throws.

    Attributes:
        kind: `message`, `timer`, `deadline` or `terminate`.
        name: of the message or deadline.
        key: correlation key of a message; None if it has none.
        time: of a timer.
    """

    kind: str
    name: str = ""
    key: Expression | None = None
    time: TimerTime | None = None


@attrs.frozen(kw_only=True)
class Flow:
    """A sequence flow; `condition` is None if it has none, or if it is open (`is_open`: only choices can decide it)."""

    index: int
    id: str
    source: int
    target: int
    condition: Expression | None = None
    is_conditional: bool = False
    is_open: bool = False
    taken: Occurrence = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        # A loop of a million rounds tells the same few occurrences again and again; it need not make them again and again.
        object.__setattr__(self, "taken", Occurrence("taken", self.id))


@attrs.frozen(kw_only=True, eq=False)
class Node:
    """A flow node.

    Attributes:
        kind: the BPMN tag.
        action: what happens on entering; a key of the stepping tables.
        block: index of the block that holds it.
        incoming, outgoing: indices of flows, in the order of the file.
        default: index of the default flow, or NONE.
        is_choice: some outgoing flow has a condition or is the default, so that flows must be chosen.
        is_open: a condition among them is open.
        trigger: what it waits for or throws; None for a none event and for other nodes.
        boundary: indices of its boundary events; `host`: of a boundary event's activity.
        is_interrupting: of a boundary event.
        handler: name of the handler of a job.
        script: of a script task that is FEEL; None if open.
        result: name of the variable that takes the result of a script or handler whole; "" = its entries are merged.
        content: index of a sub-process's block.
        bit: its bit among all nodes.
        reach: of an inclusive join, for each incoming flow the bits of the nodes that lead to it without passing the join.
        is_late: it throws, and is entered only when nothing else can move.
        entered, done: what a step tells when a token that does not rest passes.
    """

    index: int
    id: str
    kind: str
    action: str
    block: int
    incoming: tuple[int, ...] = ()
    outgoing: tuple[int, ...] = ()
    default: int = NONE
    is_choice: bool = False
    is_open: bool = False
    trigger: Trigger | None = None
    boundary: tuple[int, ...] = ()
    host: int = NONE
    is_interrupting: bool = True
    handler: str = ""
    script: Expression | None = None
    result: str = ""
    content: int = NONE
    bit: int = 0
    reach: Mapping[int, int] = attrs.field(factory=dict)
    is_late: bool = False
    entered: Occurrence = attrs.field(init=False)
    done: Occurrence = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "entered", Occurrence("entered", self.id))
        object.__setattr__(self, "done", Occurrence("left" if self.kind.endswith("Gateway") else "completed", self.id))


@attrs.frozen(kw_only=True, eq=False)
class Block:
    """A process or the inside of a sub-process.

    Attributes:
        id: of the process or sub-process.
        starts: nodes that get a token when it is entered; for a process with several none start events, all of them (a start names one).
        entries: start events that a start command may name, by id (processes only).
        local: variables that belong to it alone: its properties and data objects that have a name.
    """

    index: int
    id: str
    nodes: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    entries: Mapping[str, int] = attrs.field(factory=dict)
    local: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, eq=False)
class Program:
    """A procedure, compiled.

    Attributes:
        procedure: id of the procedure; `version` and `sha256` as read.
        process: id of the process.
        conditions: `strict` or `free`.
        semantics: SEMANTICS when it was compiled.
        tzdata: version of the time zone database that its timers use.
        zone: the procedure's time zone, for timers that state a date without one.
        blocks: the first is the process.
        index: node ids to indices; `flow_index`: flow ids to indices.
    """

    procedure: str
    version: str = "1"
    sha256: str = ""
    process: str
    conditions: str = "strict"
    semantics: str = SEMANTICS
    tzdata: str = ""
    zone: tzinfo
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    blocks: tuple[Block, ...]
    index: Mapping[str, int]
    flow_index: Mapping[str, int]

    def node(self, element: str) -> Node | None:
        """Return the node of that id."""
        index = self.index.get(element)
        return None if index is None else self.nodes[index]

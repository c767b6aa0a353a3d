# SPDX-License-Identifier: Apache-2.0
"""The Program: a procedure made ready to be stepped. Nothing in it ever changes.

Nodes, flows and blocks name each other by their index in the Program, so that all of it is immutable and a state can refer to it by small numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

import attrs

from egov_flow.data import Context, Value
from egov_flow.feel import Expression
from egov_flow.values import Occurrence

__all__ = [
    "ACTIVATION_COUNT",
    "FROM_INSIDE",
    "HAPPENED",
    "MULTIPLE",
    "NONE",
    "PARALLEL",
    "SEMANTICS",
    "SIGNAL",
    "WAITING_FOR_START",
    "AdHoc",
    "Block",
    "Choice",
    "Flow",
    "Joining",
    "Limits",
    "Node",
    "Passing",
    "Program",
    "Repetition",
    "Throwing",
    "TimerTime",
    "Trigger",
]

SEMANTICS = "1"
"""The number of the kernel's observable meaning; it is raised when a recorded history would replay differently."""

NONE = -1
"""The index of no node, flow or block."""


ACTIVATION_COUNT, WAITING_FOR_START = "activationCount", "waitingForStart"
"""What conditions at a complex gateway may ask besides data (BPMN 2.0.2 table 10.109)."""

SIGNAL = "signal:"
"""What stands before the name of a signal where waits and throws of messages and signals are told together."""

MULTIPLE, PARALLEL = "multiple", "parallel"
"""The kinds of triggers that consist of several: one of them is enough (thrown: all of them are), or all must come."""

HAPPENED = {
    "message": "caught", "signal": "caught", "timer": "fired", "deadline": "expired", "condition": "fired", MULTIPLE: "caught", PARALLEL: "caught",
}  # fmt: skip
"""What is told of a trigger that comes from outside."""

FROM_INSIDE = frozenset({"error", "escalation", "compensate", "cancel"})
"""The kinds of triggers that are thrown inside of what catches them; nothing outside is awaited for them."""


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
        kind: `message`, `signal`, `timer`, `deadline`, `condition`, `error`, `escalation`, `link`, `compensate`, `cancel` or `terminate`;
            of an event with several definitions `multiple` or `parallel`.
        name: of the message, signal, deadline or link; code of the error or escalation ("" catches every one); id of the activity to compensate.
        keys: what correlates a message: one expression without name, or one for each named correlation property; none if it has no key.
        is_keyed_by_payload: the keys read what the message carries, not the variables of the thrower.
        time: of a timer.
        condition: of a conditional event; None if it is open.
        waits: of a compensation that is thrown: the event goes on at its end.
        parts: of an event with several definitions: those; thrown ones in the order in which they are thrown.
    """

    kind: str
    name: str = ""
    keys: tuple[tuple[str, Expression], ...] = ()
    is_keyed_by_payload: bool = False
    time: TimerTime | None = None
    condition: Expression | None = None
    waits: bool = True
    parts: tuple[Trigger, ...] = ()

    @property
    def each(self) -> tuple[Trigger, ...]:
        """Return what it consists of: its parts, or itself."""
        return self.parts or (self,)


@attrs.frozen
class Passing:
    """A variable that passes into or out of an element: `target` gets what the expression yields, or else the variable `source`."""

    target: str
    expression: Expression | None = None
    source: str = ""


@attrs.frozen(kw_only=True)
class Throwing:
    """What instances throw when they are done: each of them, only the first (`is_first`), or those at which a condition holds; None if it is open."""

    trigger: Trigger
    condition: Expression | None = None
    is_first: bool = False
    is_conditional: bool = False


@attrs.frozen(kw_only=True)
class Choice:
    """One of several input or output sets of an activity: what must be there (variables, or words in what it gives), and what passes then."""

    needs: tuple[str, ...] = ()
    passings: tuple[Passing, ...] = ()


@attrs.frozen(kw_only=True)
class Repetition:
    """How often an activity is done each time that it is entered.

    Attributes:
        kind: `loop` (standard loop), `sequential` or `parallel` (several instances).
        condition: of a loop: it goes on while this holds; None = as often as `maximum` says, or open.
        tests_before: of a loop: the condition is asked before the first round too.
        maximum: of a loop.
        cardinality: how many instances; `collection`: or one for each member of this list.
        item: variable that holds the instance's own member.
        output: variable that gets the list of what the instances yield; `output_item` computes what one yields.
        local_output: variable of each instance that takes what it yields, if the diagram declares one.
        completion: the instances that are left are cancelled as soon as this holds.
        throws: what instances throw when they are done.
        is_open: how often cannot be computed, so that only choices can decide it.
    """

    kind: str
    condition: Expression | None = None
    tests_before: bool = False
    maximum: int | None = None
    cardinality: Expression | None = None
    collection: Passing | None = None
    item: str = ""
    output: str = ""
    output_item: Passing | None = None
    local_output: str = ""
    completion: Expression | None = None
    throws: tuple[Throwing, ...] = ()
    is_open: bool = False


@attrs.frozen
class Joining:
    """When a complex gateway is activated: as soon as `activation` holds; None if it is open. `is_certain`: that looks at no data."""

    activation: Expression | None = None
    is_certain: bool = False


@attrs.frozen(kw_only=True)
class Flow:
    """A sequence flow; `condition` is None if it has none, or if it is open (`is_open`: only choices can decide it).

    `is_certain`: its condition looks at no data, only at the state of the complex gateway that it leaves.
    """

    index: int
    id: str
    source: int
    target: int
    condition: Expression | None = None
    is_conditional: bool = False
    is_open: bool = False
    is_certain: bool = False
    taken: Occurrence = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        # A loop of a million rounds tells the same few occurrences again and again; it need not make them again and again.
        object.__setattr__(self, "taken", Occurrence("taken", self.id))


@attrs.frozen(kw_only=True, eq=False)
class Node:
    """A flow node.

    Attributes:
        drawn: id of the element in the drawing for which it stands; its own, unless the compiler made it (`_stores`).
        kind: the BPMN tag.
        action: what happens on entering; a key of the stepping tables.
        block: index of the block that holds it.
        incoming, outgoing: indices of flows, in the order of the file.
        default: index of the default flow, or NONE.
        is_choice: some outgoing flow has a condition or is the default, so that flows must be chosen.
        is_open: a condition among them is open.
        trigger: what it waits for or throws; None for a none event and for other nodes.
        boundary: indices of its boundary events; `host`: of a boundary event's activity.
        armed: those boundary events that wait; `handlers`: those that catch errors and escalations.
        is_interrupting: of a boundary event, or of the start event of an event sub-process.
        event_block: of the start event of an event sub-process: index of that sub-process.
        link: of a link event that throws: index of the one that catches.
        handler: name of the handler of a job.
        script: of a script task that is FEEL; None if open.
        result: name of the variable that takes the result of a script or handler whole; "" = its entries are merged.
        content: index of the block of a sub-process or of the process that is called; `is_call`: the latter.
        compensator: index of the activity that compensates it.
        is_kept: that it was done is kept, since it or something inside it can be compensated.
        inputs, outputs: variables that pass into and out of it.
        groups: what computes the groups that may do a task of people.
        input_sets, output_sets: of an activity that has several: those among which one is chosen.
        repetition: it is done more than once; its `action` is `rounds` then, and `body` what each instance does.
        is_plain: it has neither inputs, outputs nor repetition.
        joining: of a complex gateway that waits for its incoming flows.
        is_join: it is a parallel or inclusive gateway with several incoming flows, a complex one that waits, or an activity that several tokens begin.
        bit: its bit among all nodes.
        reach: of an inclusive join or complex gateway, for each incoming flow the bits of the nodes that lead to it without passing the join.
        is_adhoc: it is an activity right inside an ad-hoc sub-process.
        takes: how many tokens begin an activity; `gives`: how many leave it over each flow.
        is_late: it throws, and is entered only when nothing else can move.
        needs_all: all parts of its trigger must come before it happens.
        entered, done: what a step tells when a token that does not rest passes.
    """

    index: int
    id: str
    drawn: str
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
    armed: tuple[int, ...] = ()
    handlers: tuple[int, ...] = ()
    host: int = NONE
    is_interrupting: bool = True
    event_block: int = NONE
    link: int = NONE
    handler: str = ""
    script: Expression | None = None
    result: str = ""
    content: int = NONE
    is_call: bool = False
    compensator: int = NONE
    is_kept: bool = False
    inputs: tuple[Passing, ...] = ()
    outputs: tuple[Passing, ...] = ()
    groups: tuple[Expression, ...] = ()
    input_sets: tuple[Choice, ...] = ()
    output_sets: tuple[Choice, ...] = ()
    repetition: Repetition | None = None
    body: str = ""
    bit: int = 0
    reach: Mapping[int, int] = attrs.field(factory=dict)
    joining: Joining | None = None
    is_adhoc: bool = False
    takes: int = 1
    gives: int = 1
    is_late: bool = False
    is_plain: bool = attrs.field(init=False)
    is_join: bool = attrs.field(init=False)
    needs_all: bool = attrs.field(init=False)
    entered: Occurrence = attrs.field(init=False)
    done: Occurrence = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "is_plain", not (self.inputs or self.outputs or self.repetition))
        is_join = self.takes > 1 or self.joining is not None or (self.action in ("parallel", "inclusive") and len(self.incoming) > 1)
        object.__setattr__(self, "is_join", is_join)
        object.__setattr__(self, "needs_all", self.trigger is not None and self.trigger.kind == PARALLEL)
        object.__setattr__(self, "entered", Occurrence("entered", self.id))
        object.__setattr__(self, "done", Occurrence("left" if self.kind.endswith("Gateway") else "completed", self.id))


@attrs.frozen(kw_only=True)
class AdHoc:
    """How an ad-hoc sub-process is done.

    Attributes:
        enabled: the activities that people begin.
        completion: the sub-process is complete as soon as this holds after an activity; None if it is open, or if people end it.
        is_ended_by_people: nothing else says when it is complete.
        is_sequential: one activity at a time.
        cancels: what runs then is cancelled; otherwise it is awaited.
    """

    enabled: tuple[int, ...]
    completion: Expression | None = None
    is_ended_by_people: bool = False
    is_sequential: bool = False
    cancels: bool = True


@attrs.frozen(kw_only=True, eq=False)
class Block:
    """A process or the inside of a sub-process.

    Attributes:
        id: of the process or sub-process.
        is_process: its variables are its own: nothing inside sees or changes those around it.
        is_event: it is the inside of an event sub-process.
        starts: nodes that get a token when it is entered; for a process with several none start events, all of them (a start names one).
        entries: start events that a start command may name, by id (processes in which a case may begin), or the receive tasks and events behind
            gateways that begin it.
        groups: event-based gateways that begin the process; one event of each must come.
        armed: start events of its event sub-processes that wait as long as it runs; `handlers`: those that catch errors and escalations.
        compensator: start event of its compensation event sub-process.
        adhoc: how it is done if it is ad-hoc.
        local: variables that belong to it alone: its properties and data objects that have a name.
        unset: these variables as they are when it begins: null.
    """

    index: int
    id: str
    is_process: bool = False
    is_event: bool = False
    nodes: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    entries: Mapping[str, int] = attrs.field(factory=dict)
    groups: tuple[int, ...] = ()
    armed: tuple[int, ...] = ()
    handlers: tuple[int, ...] = ()
    compensator: int = NONE
    adhoc: AdHoc | None = None
    local: tuple[str, ...] = ()
    unset: Context = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "unset", Context(dict.fromkeys(self.local)))


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
        blocks: the first is the process; others are processes that it calls, those of other pools of the file in which a case may begin, and sub-processes.
        ahead: where each flow leads.
        straight: for each node all that is told of a token that passes it, where nothing is decided, awaited or kept; None for the others.
        complexes: complex gateways that wait for their incoming flows.
        has_input_sets: some activity has several input sets.
        has_conditions: some event, complex gateway or activity waits for a condition on data, or for data.
        has_messages: some event, task or instance waits for a message or signal, or throws one.
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
    ahead: tuple[Node, ...] = attrs.field(init=False)
    straight: tuple[tuple[Occurrence, ...] | None, ...] = attrs.field(init=False)
    complexes: tuple[int, ...] = attrs.field(init=False)
    has_input_sets: bool = attrs.field(init=False)
    has_conditions: bool = attrs.field(init=False)
    has_messages: bool = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "ahead", tuple(self.nodes[flow.target] for flow in self.flows))
        object.__setattr__(self, "straight", tuple(_told(node, self.flows) if _is_straight(node) else None for node in self.nodes))
        kinds = {part.kind for node in self.nodes if node.trigger is not None for part in node.trigger.each}
        looks = any(node.joining is not None and not node.joining.is_certain for node in self.nodes)
        object.__setattr__(self, "complexes", tuple(node.index for node in self.nodes if node.joining is not None))
        object.__setattr__(self, "has_input_sets", any(node.input_sets for node in self.nodes))
        object.__setattr__(self, "has_conditions", looks or self.has_input_sets or "condition" in kinds)
        throws = any(node.repetition is not None and node.repetition.throws for node in self.nodes)
        object.__setattr__(self, "has_messages", throws or not kinds.isdisjoint(("message", "signal")))

    @property
    def entries(self) -> dict[str, int]:
        """Return every start event, or other element, at which a case may begin, by id; those of the process itself come first."""
        return {name: index for block in self.blocks for name, index in block.entries.items()}

    def node(self, element: str) -> Node | None:
        """Return the node of that id."""
        index = self.index.get(element)
        return None if index is None else self.nodes[index]


STRAIGHT = ("abstract", "exclusive", "inclusive", "parallel", "pass")
"""Actions that do nothing but leave, unless something is to be decided, awaited, thrown or kept."""


def _is_straight(node: Node) -> bool:
    is_simple = node.action in STRAIGHT and node.trigger is None and node.gives == 1 and node.is_plain and not node.input_sets
    return is_simple and not (node.is_choice or node.is_join or node.is_kept or node.is_adhoc or node.is_late or node.armed or node.body)


def _told(node: Node, flows: tuple[Flow, ...]) -> tuple[Occurrence, ...]:
    return (node.entered, node.done, *(flows[flow].taken for flow in node.outgoing))

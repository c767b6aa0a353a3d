# SPDX-License-Identifier: Apache-2.0
"""The State: where the tokens of one case rest, what they wait for, and the case's variables.

Tokens rest at open work, open jobs, waits, sub-processes and incidents, and as counts on the flows into joins. There is no history in a state.
A state never changes; `step` makes a new one that shares what stayed as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import attrs

from egov_flow.data import EMPTY, Context
from egov_flow.kernel.program import NONE
from egov_flow.kernel.times import Span

__all__ = [
    "BLOCK", "CAME", "DATA", "INCIDENT", "JOB", "ROOT", "WAIT", "WORK",
    "Arrival", "Record", "Resetting", "Rounds", "Scope", "State", "Token", "Trouble", "Undoing", "WaitState",
]  # fmt: skip

WORK, JOB, WAIT, BLOCK, INCIDENT = "work", "job", "wait", "block", "incident"
"""The phases of a token: open work, open job, waiting for an event, its sub-process (or its instances) runs, parked."""

CAME = "came"
"""The kind of a wait for a part of a trigger that has come already, while others of its parts are still to come."""

DATA = "data"
"""The kind of an activity's wait for the data of one of its input sets."""

ROOT = 1
"""Id of the scope of the process itself."""


@attrs.frozen
class Trouble:
    """Why a token is parked, and what doing it again means.

    Attributes:
        kind, code, arguments: of the incident; the arguments never hold case data.
        redo: `arrive` (enter through `flow` again), `enter` (perform the element again), `body` (the same, its boundary events are armed
            already), `finish` (the body is done; compute again what it yields), `leave` (the element is done; choose its outgoing flows again) or `reset`
            (the same at the reset of a complex gateway).
    """

    kind: str
    code: str
    arguments: tuple[tuple[str, str], ...]
    redo: str
    since: datetime
    flow: int = NONE


class Token(NamedTuple):
    """A resting token; `local` are variables of its activity alone. A NamedTuple, since steps make many and attrs values cost three times as much."""

    id: int
    node: int
    phase: str
    child: int = 0
    waits: tuple[int, ...] = ()
    trouble: Trouble | None = None
    local: Context = EMPTY

    def holding(self, local: Context) -> Token:
        """Return the same token with these variables of its own."""
        return Token(self.id, self.node, self.phase, self.child, self.waits, self.trouble, local)


class WaitState(NamedTuple):
    """A wait for a message, signal, timer, deadline or condition; of a token, or (token 0) of a scope for its event sub-processes.

    One that has come, while others of the same event are still to come, is kept with the kind `CAME`.

    Attributes:
        node: the event (or receive task) that catches.
        name: of the message, signal or deadline; key: correlation key of a message.
        due: of a timer, in UTC; None for other kinds and for a time left open.
        tick: of a condition: 1 if it held when it was last looked at.
        anchor, every, tick, left: of a repeating timer: tick number n is due at anchor + n · every; `left` counts those still to come, None = without end.
        part: number of its trigger among those of the event, from 0.
        data: what came with it, while others are still to come.
    """

    id: int
    kind: str
    scope: int
    token: int
    node: int
    name: str = ""
    key: str = ""
    due: datetime | None = None
    anchor: datetime | None = None
    every: Span | None = None
    tick: int = 0
    left: int | None = None
    part: int = 0
    data: Context = EMPTY


class Arrival(NamedTuple):
    """A token under way: it is about to enter `node` through `flow` (NONE: by a start or a move)."""

    scope: int
    node: int
    flow: int = NONE


class Rounds(NamedTuple):
    """How far an activity that is done more than once has come; `total` is None for a loop, whose end its condition says."""

    total: int | None
    begun: int = 0
    done: int = 0


class Record(NamedTuple):
    """An activity that is done and can be compensated (BPMN 2.0.2 §13.5.5).

    Attributes:
        node: the activity.
        variables: its own variables as they were when it was done: of its scope, or of one of several instances.
        inner: what was done inside it, oldest first.
        is_partial: it was left before it was done, so that only what was done inside it is compensated.
    """

    node: int
    variables: Context = EMPTY
    inner: tuple[Record, ...] = ()
    is_partial: bool = False


class Resetting(NamedTuple):
    """A complex gateway that waits for reset; `flows` brought the tokens that activated it (BPMN 2.0.2 table 13.5)."""

    node: int
    flows: tuple[int, ...]


class Undoing(NamedTuple):
    """How far a compensation has come.

    Attributes:
        todo: what is still to be compensated; the last comes first.
        then: what happens at its end: the event that throws is left (`leave`) or was left before (`go`), the transaction is `cancel`led, the
            error that left the activity is caught (`catch`), or the compensation around it goes on (`next`): then the scope stands for the inside of an
            activity that was done.
        catcher: event that catches the error; `code`: of the error.
    """

    todo: tuple[Record, ...]
    then: str
    catcher: int = NONE
    code: str = ""


@attrs.define
class Scope:
    """A running process or sub-process, or the instances of one activity. Only the step that made it may change it.

    Attributes:
        waits: ids of its event sub-processes' waits.
        rounds: of the scope in which the instances of an activity are; its block is the one around the activity.
        kept: what the instances still need: `items` and `outputs`.
        records: what was done in it and can be compensated, oldest first.
        undoing: of a scope in which activities are compensated.
        is_closing: of an ad-hoc sub-process: its completion condition has held.
        resets: complex gateways that wait for reset.
        written: its bytes, once the codec has written them; `older`: those of the scope that it was copied from.
    """

    id: int
    block: int
    parent: int = 0
    host: int = 0
    variables: Context = EMPTY
    tokens: dict[int, Token] = attrs.field(factory=dict)
    joins: dict[int, dict[int, int]] = attrs.field(factory=dict)
    waits: tuple[int, ...] = ()
    rounds: Rounds | None = None
    kept: Context = EMPTY
    records: tuple[Record, ...] = ()
    undoing: Undoing | None = None
    is_closing: bool = False
    resets: tuple[Resetting, ...] = ()
    written: Any = attrs.field(default=None, init=False, eq=False, repr=False)
    older: Any = attrs.field(default=None, init=False, eq=False, repr=False)

    @property
    def is_own(self) -> bool:
        """Return whether it is the inside of a process or activity, not its instances or a compensation in it."""
        return self.rounds is None and (self.undoing is None or self.undoing.then == "next")

    def copy(self) -> Scope:
        """Return a copy that may be changed."""
        joins = {node: dict(counts) for node, counts in self.joins.items()} if self.joins else {}
        copy = Scope(
            self.id, self.block, self.parent, self.host, self.variables, dict(self.tokens), joins,
            self.waits, self.rounds, self.kept, self.records, self.undoing, self.is_closing, self.resets,
        )  # fmt: skip
        copy.older = self.written or self.older
        return copy


class State(NamedTuple):
    """The state of a case.

    Attributes:
        scopes: by id; the process itself is ROOT and stays when the case has ended, for its variables.
        waits: by id.
        counter: the newest id given; tokens, scopes and waits share it and an id is never used twice.
        status: one of `CASE_STATUSES`.
        inclusive: (scope, node) of inclusive joins that hold tokens and of complex gateways that wait for reset, in the order in which that began.
        pending: tokens under way, only in a state that was paused between two elements; `late`: those that throw.
    """

    scopes: Mapping[int, Scope]
    waits: Mapping[int, WaitState]
    counter: int
    status: str
    inclusive: tuple[tuple[int, int], ...] = ()
    pending: tuple[Arrival, ...] = ()
    late: tuple[Arrival, ...] = ()

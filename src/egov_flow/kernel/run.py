# SPDX-License-Identifier: Apache-2.0
"""A Run: one step under way. It copies what it changes, so that the old state stays as it was, and collects what the outside must know.

Everything that moves tokens (`moving`, `waiting`, `gateways`, `events`, `activities`) works on a Run; nobody keeps one after the step.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

import attrs

from egov_flow.data import EMPTY, Context, Value
from egov_flow.errors import FeelError
from egov_flow.feel import Expression
from egov_flow.kernel.choices import Choices
from egov_flow.kernel.outputs import Outputs
from egov_flow.kernel.program import NONE, Limits, Node, Passing, Program
from egov_flow.kernel.state import Arrival, Rounds, Scope, State, Token, WaitState
from egov_flow.values import Occurrence

__all__ = ["Fault", "Run", "Underway"]


Underway = tuple[int, Node, int]
"""An `Arrival` while the step lasts: a plain tuple with the node itself, since every element that is entered makes one."""


class Fault(Exception):
    """Something inside an accepted command cannot go on: the token is parked as an incident. It never leaves the kernel.

    Args:
        trouble: kind of the incident.
        code: of the cause's text.
        arguments: of the text; never case data.
    """

    def __init__(self, trouble: str, code: str, **arguments: object) -> None:
        super().__init__(code)
        self.trouble = trouble
        self.code = code
        self.arguments = tuple((name, str(value)) for name, value in arguments.items())


@attrs.define(eq=False)
class Run:
    """A step under way.

    Attributes:
        owned: ids of the scopes that this step made or copied, and may change.
        touched: the keys are ids of scopes that lost a token or flow, and may have ended: whatever lets a token vanish enters its scope here.
        queue: tokens under way (scope, node, flow), first in, first out; `late`: those into elements that throw, entered when `queue` is empty.
        underway: how many tokens are under way in each scope.
        inclusive: the keys are (scope, node) of inclusive joins that hold tokens and of complex gateways that wait for reset, in order.
        fuel: entries of elements that are left.
        is_resumed: it goes on from a paused state, so that any scope may have been changed before.
        is_changed: variables were written, or a condition is newly awaited, since the conditions of events and complex gateways were looked at.
        ending: (scope, token) of instances that are done and throw before they are gone; `is_changed` is set with it.
        tell: notes an occurrence.
    """

    program: Program
    scopes: dict[int, Scope]
    waits: dict[int, WaitState]
    counter: int
    status: str
    moment: datetime
    fuel: int
    choices: Choices | None
    queue: deque[Underway] = attrs.field(factory=deque, init=False)
    late: deque[Underway] = attrs.field(factory=deque, init=False)
    inclusive: dict[tuple[int, int], None] = attrs.field(factory=dict, init=False)
    underway: dict[int, int] = attrs.field(factory=dict, init=False)
    owned: set[int] = attrs.field(factory=set, init=False)
    touched: dict[int, None] = attrs.field(factory=dict, init=False)
    outputs: Outputs = attrs.field(factory=Outputs, init=False)
    is_resumed: bool = attrs.field(default=False, init=False)
    is_changed: bool = attrs.field(default=False, init=False)
    ending: list[tuple[int, int]] = attrs.field(factory=list, init=False)
    tell: Callable[[Occurrence], None] = attrs.field(init=False)
    _now: datetime | None = attrs.field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.tell = self.outputs.occurrences.append

    @classmethod
    def of(cls, program: Program, state: State | None, now: datetime, limits: Limits, choices: Choices | None) -> Run:
        """Return a run that starts from a state (None: before the case began)."""
        if state is None:
            return cls(program, {}, {}, 0, "running", now, limits.fuel, choices)
        run = cls(program, dict(state.scopes), dict(state.waits), state.counter, state.status, now, limits.fuel, choices)
        run.outputs.newest = state.counter
        if state.inclusive:
            run.inclusive = dict.fromkeys(state.inclusive)
        if state.pending or state.late:
            run.is_resumed = True
            for arrival in (*state.pending, *state.late):
                run.send(arrival.scope, program.nodes[arrival.node], arrival.flow)
        return run

    def state(self) -> State:
        """Return the state that the run has reached."""
        if not (self.queue or self.late):
            return State(self.scopes, self.waits, self.counter, self.status, tuple(self.inclusive))
        pending, late = (tuple(Arrival(scope, node.index, flow) for scope, node, flow in queue) for queue in (self.queue, self.late))
        return State(self.scopes, self.waits, self.counter, self.status, tuple(self.inclusive), pending, late)

    @property
    def utc(self) -> datetime:
        """Return the step's moment in UTC, as states keep moments."""
        return self.moment.astimezone(UTC)

    @property
    def now(self) -> datetime:
        """Return the step's moment in the procedure's zone, as expressions and calendars see it."""
        if self._now is None:
            self._now = self.moment.astimezone(self.program.zone)
        return self._now

    @property
    def ignores_data(self) -> bool:
        """Return whether conditions, scripts, timers and keys are not evaluated."""
        return self.choices is not None and self.choices.ignores_data

    def happen(self, kind: str, element: str, token: int = 0, detail: str = "") -> None:
        """Note an occurrence."""
        self.tell(Occurrence(kind, element, token, detail))

    def new_id(self) -> int:
        """Return the next id of the case."""
        self.counter += 1
        return self.counter

    def own(self, scope: int) -> Scope:
        """Return a scope that may be changed in this step."""
        if scope in self.owned:
            return self.scopes[scope]
        copy = self.scopes[scope] = self.scopes[scope].copy()
        self.owned.add(scope)
        return copy

    def node(self, token: Token) -> Node:
        """Return the node where a token rests."""
        return self.program.nodes[token.node]

    def send(self, scope: int, node: Node, flow: int = NONE) -> None:
        """Put a token under way into a node."""
        (self.late if node.is_late else self.queue).append((scope, node, flow))
        self.underway[scope] = self.underway.get(scope, 0) + 1

    def rest(self, scope: int, token: Token) -> Token:
        """Let a token rest in a scope (it replaces the one of its id)."""
        self.own(scope).tokens[token.id] = token
        return token

    def is_closed(self, scope: Scope) -> bool:
        """Return whether nothing inside a scope sees or changes variables around it: it is a process."""
        return not scope.parent or (scope.is_own and self.program.blocks[scope.block].is_process)

    def visible(self, scope: int, token: Token | None = None) -> Mapping[str, Value]:
        """Return the variables that a token in a scope sees: its own, those of the scope, then those around it."""
        found = self.scopes[scope]
        if not found.parent and (token is None or not token.local):
            return found.variables
        layers: list[Mapping[str, Value]] = [token.local] if token is not None else []
        while True:
            layers.append(found.variables if found.rounds is None else _counted(found.rounds))
            if self.is_closed(found):
                break
            around = self.scopes[found.parent]
            layers.append(around.tokens[found.host].local)
            found = around
        if not any(layers[:-1]):
            return layers[-1]
        return Context({name: value for layer in reversed(layers) for name, value in layer.items()})

    def assign(self, scope: int, data: Mapping[str, Value], token: Token | None = None) -> None:
        """Write variables, each where it is declared; the process takes those that nobody declared."""
        if not data:
            # whoever ignores data knows of no variable that is written; what may have been is all the same
            self.is_changed = self.is_changed or (self.program.has_conditions and self.ignores_data)
            return
        if self.program.has_conditions:
            self.is_changed = True
        if not self.scopes[scope].parent and (token is None or not token.local):
            owned = self.own(scope)
            owned.variables = Context(owned.variables, **data)
            return
        places: dict[tuple[int, int], dict[str, Value]] = {}
        for name, value in data.items():
            places.setdefault(self._place(scope, token, name), {})[name] = value
        for (place, token_id), values in places.items():
            owned = self.own(place)
            if token_id:
                found = owned.tokens[token_id]
                owned.tokens[token_id] = found.holding(Context({**found.local, **values}))
            else:
                owned.variables = Context({**owned.variables, **values})

    def _place(self, scope: int, token: Token | None, name: str) -> tuple[int, int]:
        """Return the scope that declares a variable, and the token in it if it belongs to one."""
        if token is not None and name in token.local:
            return scope, token.id
        found = self.scopes[scope]
        while not self.is_closed(found) and (found.rounds is not None or name not in found.variables):
            around = self.scopes[found.parent]
            host = around.tokens[found.host]
            if name in host.local:
                return around.id, host.id
            found = around
        return found.id, 0

    def evaluate(self, expression: Expression, scope: int, token: Token | None = None) -> Value:
        """Return what an expression yields to a token in a scope.

        Raises:
            Fault: it cannot be evaluated.
        """
        return self.computed(expression, self.visible(scope, token))

    def computed(self, expression: Expression, variables: Mapping[str, Value]) -> Value:
        """Return what an expression yields from these variables alone.

        Raises:
            Fault: it cannot be evaluated.
        """
        try:
            return expression(variables, now=self.now if expression.functions else None)  # who calls nothing does not ask for the time
        except FeelError as error:
            raise Fault("expression", "EF-K103", error=error.code, line=error.line, column=error.column) from error

    def passed(self, passings: tuple[Passing, ...], variables: Mapping[str, Value]) -> Context:
        """Return the variables that pass, computed one after the other from these variables and those that passed before.

        Raises:
            Fault: one cannot be evaluated.
        """
        found: dict[str, Value] = {}
        for passing in passings:
            seen = Context({**variables, **found}) if found else variables
            source = passing.expression
            found[passing.target] = seen.get(passing.source) if source is None else self.computed(source, seen)
        return Context(found)

    def value(self, passing: Passing, scope: int, token: Token | None = None) -> Value:
        """Return what passes to a token in a scope.

        Raises:
            Fault: it cannot be computed.
        """
        if passing.expression is not None:
            return self.evaluate(passing.expression, scope, token)
        place, token_id = self._place(scope, token, passing.source)
        found = self.scopes[place]
        return (found.tokens[token_id].local if token_id else found.variables).get(passing.source)


def _counted(rounds: Rounds) -> Mapping[str, Value]:
    """Return what BPMN 2.0.2 table 10.30 lets an expression know of the instances of an activity; a loop has no such counts."""
    if rounds.total is None:
        return EMPTY
    return {
        "numberOfInstances": Decimal(rounds.total),
        "numberOfActiveInstances": Decimal(rounds.begun - rounds.done),
        "numberOfCompletedInstances": Decimal(rounds.done),
        "numberOfTerminatedInstances": Decimal(0),
    }

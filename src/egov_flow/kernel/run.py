# SPDX-License-Identifier: Apache-2.0
"""A Run: one step under way. It copies what it changes, so that the old state stays as it was, and collects what the outside must know.

Everything that moves tokens (`moving`, `waiting`, `gateways`, `events`, `activities`) works on a Run; nobody keeps one after the step.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import attrs

from egov_flow.data import Context, Value
from egov_flow.errors import FeelError
from egov_flow.feel import Expression
from egov_flow.kernel.choices import Choices
from egov_flow.kernel.outputs import Outputs
from egov_flow.kernel.program import NONE, Limits, Node, Program
from egov_flow.kernel.state import Arrival, Scope, State, Token, WaitState
from egov_flow.values import Occurrence

__all__ = ["Fault", "Run"]


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
        touched: the keys are ids of scopes that lost a token, and may have ended.
        queue: tokens under way, first in, first out; `late`: those into elements that throw, entered when `queue` is empty.
        underway: how many tokens are under way in each scope.
        inclusive: the keys are (scope, node) of inclusive joins that hold tokens, in order.
        fuel: entries of elements that are left.
        is_resumed: it goes on from a paused state, so that any scope may have been changed before.
        tell: notes an occurrence.
    """

    program: Program
    scopes: dict[int, Scope]
    waits: dict[int, WaitState]
    counter: int
    status: str
    now: datetime
    fuel: int
    choices: Choices | None
    queue: deque[Arrival] = attrs.field(factory=deque)
    late: deque[Arrival] = attrs.field(factory=deque)
    inclusive: dict[tuple[int, int], None] = attrs.field(factory=dict)
    underway: dict[int, int] = attrs.field(factory=dict)
    owned: set[int] = attrs.field(factory=set)
    touched: dict[int, None] = attrs.field(factory=dict)
    outputs: Outputs = attrs.field(factory=Outputs)
    is_resumed: bool = False
    tell: Callable[[Occurrence], None] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.tell = self.outputs.occurrences.append

    @classmethod
    def of(cls, program: Program, state: State | None, now: datetime, limits: Limits, choices: Choices | None) -> Run:
        """Return a run that starts from a state (None: before the case began)."""
        now = now.astimezone(program.zone)
        if state is None:
            return cls(program, {}, {}, 0, "running", now, limits.fuel, choices)
        run = cls(program, dict(state.scopes), dict(state.waits), state.counter, state.status, now, limits.fuel, choices)
        run.outputs.newest = state.counter
        run.inclusive = dict.fromkeys(state.inclusive)
        run.queue.extend(state.pending)
        run.late.extend(state.late)
        run.is_resumed = bool(state.pending or state.late)
        for arrival in (*state.pending, *state.late):
            run.underway[arrival.scope] = run.underway.get(arrival.scope, 0) + 1
        return run

    def state(self) -> State:
        """Return the state that the run has reached."""
        return State(
            scopes=self.scopes,
            waits=self.waits,
            counter=self.counter,
            status=self.status,
            inclusive=tuple(self.inclusive),
            pending=tuple(self.queue),
            late=tuple(self.late),
        )

    @property
    def utc(self) -> datetime:
        """Return the step's moment in UTC, as states keep moments."""
        return self.now.astimezone(UTC)

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
        (self.late if node.is_late else self.queue).append(Arrival(scope, node.index, flow))
        self.underway[scope] = self.underway.get(scope, 0) + 1

    def rest(self, scope: int, token: Token) -> Token:
        """Let a token rest in a scope (it replaces the one of its id)."""
        self.own(scope).tokens[token.id] = token
        return token

    def visible(self, scope: int) -> Mapping[str, Value]:
        """Return the variables that a scope sees: its own, then those around it."""
        found = self.scopes[scope]
        if not found.parent:
            return found.variables
        layers = [found.variables]
        while found.parent:
            found = self.scopes[found.parent]
            layers.append(found.variables)
        if not any(layers[:-1]):
            return layers[-1]
        return Context({name: value for layer in reversed(layers) for name, value in layer.items()})

    def assign(self, scope: int, data: Mapping[str, Value]) -> None:
        """Write variables, each where it is declared; the process takes those that nobody declared."""
        by_scope: dict[int, dict[str, Value]] = {}
        for name, value in data.items():
            place = self.scopes[scope]
            while place.parent and name not in place.variables:
                place = self.scopes[place.parent]
            by_scope.setdefault(place.id, {})[name] = value
        for place_id, values in by_scope.items():
            owned = self.own(place_id)
            owned.variables = Context({**owned.variables, **values})

    def evaluate(self, expression: Expression, scope: int) -> Value:
        """Return what an expression yields in a scope.

        Raises:
            Fault: it cannot be evaluated.
        """
        try:
            return expression(self.visible(scope), now=self.now)
        except FeelError as error:
            raise Fault("expression", "EF-K103", error=error.code, line=error.line, column=error.column) from error

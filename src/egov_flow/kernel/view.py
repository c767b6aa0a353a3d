# SPDX-License-Identifier: Apache-2.0
"""What anybody may ask of a state: status, where tokens rest, what is open, what is awaited, and the marking without data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from hashlib import sha256

import attrs

from egov_flow.data import EMPTY, Context
from egov_flow.kernel.adhoc import is_ended_by_people
from egov_flow.kernel.program import DEFAULT_LIMITS, SIGNAL, Program
from egov_flow.kernel.run import Run
from egov_flow.kernel.state import BLOCK, CAME, ROOT, Record, State, Token, WaitState
from egov_flow.values import View

__all__ = [
    "Awaited",
    "Beginning",
    "Ending",
    "Resting",
    "awaited",
    "awaits_more",
    "beginnings",
    "begun_by",
    "endings",
    "marking",
    "next_due",
    "resting",
    "tokens",
    "variables_seen",
    "view",
]


LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Reading variables asks for no time."""


@attrs.frozen
class Resting:
    """A token that rests: `phase` is `work`, `job`, `wait`, `block` or `incident`; `kind` is the incident's, `name` the job's handler."""

    token: int
    element: str
    phase: str
    kind: str = ""
    name: str = ""


@attrs.frozen
class Awaited:
    """Something that is awaited: a `message`, `signal`, `timer`, `deadline`, `condition` or (of an input set) `data`; token 0: for an event sub-process."""

    wait: int
    kind: str
    element: str
    token: int
    name: str = ""
    key: str = ""
    due: datetime | None = None


def variables_seen(program: Program, state: State) -> Callable[[int], Context]:
    """Return a function from a token to what whoever works at it sees: its own variables, those of its scope and those around it.

    Of a token that is gone it returns the variables of the case.
    """
    scope_of = {token: scope for scope in state.scopes.values() for token in scope.tokens}
    run = Run.of(program, state, LONG_AGO, DEFAULT_LIMITS, None)

    def seen(token: int) -> Context:
        scope = scope_of.get(token)
        if scope is None:
            return view(program, state).variables
        found = run.visible(scope.id, scope.tokens[token])
        return found if isinstance(found, Context) else Context(found)

    return seen


@attrs.frozen
class Beginning:
    """An activity that people may begin; `token` is that of the ad-hoc sub-process around it."""

    element: str
    token: int


@attrs.frozen
class Ending:
    """An ad-hoc sub-process that people may end; `token` is its own."""

    element: str
    token: int


def begun_by(program: Program, name: str) -> tuple[str, ...]:
    """Return the start events at which a message of that name, or a signal (`SIGNAL` before its name), begins a case.

    Where all of several must come, a message does: what else must come is awaited in the case then.
    """
    found = []
    for element, index in program.entries.items():
        node = program.nodes[index]
        prefix = {"message": ""} if node.needs_all else {"message": "", "signal": SIGNAL}
        if node.trigger is not None and any(name == prefix.get(t.kind, "\0") + t.name for t in node.trigger.each):
            found.append(element)
    return tuple(found)


def awaits_more(program: Program, element: str) -> bool:
    """Return whether a case that a message begins at an element waits for other messages then."""
    node = program.node(element)
    if node is None or node.kind == "startEvent" or not node.incoming:
        return node is not None and node.needs_all
    gateway = program.nodes[program.flows[node.incoming[0]].source]
    return len(program.blocks[node.block].groups) > 1 or (gateway.action == "parallel" and len(gateway.outgoing) > 1)


def resting(program: Program, state: State, *phases: str) -> tuple[Resting, ...]:
    """Return the tokens that rest, in order of their ids; with `phases` only those in one of them (`resting(p, s, "work")` is the open work)."""
    found = [t for scope in state.scopes.values() for t in scope.tokens.values() if not phases or t.phase in phases]
    return tuple(_resting(program, token) for token in sorted(found, key=lambda t: t.id))


def _resting(program: Program, token: Token) -> Resting:
    node = program.nodes[token.node]
    return Resting(token.id, node.id, token.phase, token.trouble.kind if token.trouble else "", node.handler)


def awaited(program: Program, state: State) -> tuple[Awaited, ...]:
    """Return what is awaited, in order of the waits' ids."""
    waits = sorted((w for w in state.waits.values() if w.kind != CAME), key=lambda w: w.id)
    return tuple(Awaited(w.id, w.kind, program.nodes[w.node].id, w.token, w.name, w.key, w.due) for w in waits)


def beginnings(program: Program, state: State) -> tuple[Beginning, ...]:
    """Return what people may begin now in the ad-hoc sub-processes that run."""
    found = []
    for scope in state.scopes.values():
        spec = program.blocks[scope.block].adhoc
        if spec is None or not scope.is_own or scope.undoing is not None or scope.is_closing:
            continue
        if not (spec.is_sequential and (scope.tokens or scope.joins)):
            found += [Beginning(program.nodes[index].id, scope.host) for index in spec.enabled]
    return tuple(found)


def endings(program: Program, state: State) -> tuple[Ending, ...]:
    """Return the ad-hoc sub-processes that people may end now: those that run and have no completion condition."""
    found = (s for s in state.scopes.values() if is_ended_by_people(program, s) and not s.is_closing)
    return tuple(Ending(program.blocks[s.block].id, s.host) for s in found)


def next_due(state: State) -> datetime | None:
    """Return when the next timer is due."""
    return min((w.due for w in state.waits.values() if w.due is not None), default=None)


def view(program: Program, state: State) -> View:
    """Return status, resting places (a sub-process counts by what rests inside it) and variables of a case."""
    found = {t.id: t.node for scope in state.scopes.values() for t in scope.tokens.values() if t.phase != BLOCK}
    root = state.scopes.get(ROOT)
    return View(
        status=state.status,
        waiting=(*[program.nodes[found[token]].drawn for token in sorted(found)], *_joining(program, state)),
        variables=root.variables if root else EMPTY,
    )


def tokens(program: Program, state: State) -> Counter[str]:
    """Return how many tokens each element holds, for pictures; joins show theirs."""
    found = [program.nodes[t.node].drawn for scope in state.scopes.values() for t in scope.tokens.values() if t.phase != BLOCK]
    return Counter([*found, *_joining(program, state)])


def _joining(program: Program, state: State) -> list[str]:
    """Return the joins that hold tokens, each as often as it holds some."""
    joins = [join for scope in state.scopes.values() if scope.joins for join in scope.joins.items()]
    return [program.nodes[node].id for node, counts in joins for _ in range(sum(counts.values()))]


def marking(state: State) -> Hashable:
    """Return what decides how a case can go on when data is ignored: tokens, joins and waits without ids, times and variables, in a normal order.

    Two states with the same marking have the same future under `Choices` that ignore data.
    """
    if ROOT not in state.scopes:
        return (state.status,)
    inside: dict[int, list[tuple[int, ...]]] = {}
    for late, queue in enumerate((state.pending, state.late)):
        for position, arrival in enumerate(queue):
            inside.setdefault(arrival.scope, []).append((late, position, arrival.node, arrival.flow))
    for position, (scope, node) in enumerate(state.inclusive):
        inside.setdefault(scope, []).append((position, node))
    return (state.status, _scope_marking(state, inside))


def _scope_marking(state: State, inside: dict[int, list[tuple[int, ...]]]) -> Hashable:
    """Return the marking of the process; inner scopes are marked before outer ones, without recursion."""
    order, todo = [], [ROOT]
    while todo:
        order.append(todo.pop())
        todo.extend(t.child for t in state.scopes[order[-1]].tokens.values() if t.child)
    done: dict[int, Hashable] = {0: ()}
    for number in reversed(order):
        scope = state.scopes[number]
        found = sorted((_token_marking(state, t, done) for t in scope.tokens.values()), key=repr)
        resets = sorted((r.node, tuple(sorted(r.flows))) for r in scope.resets)
        joins = (scope.is_closing, *resets, *sorted((node, tuple(sorted(counts.items()))) for node, counts in scope.joins.items()))
        waits = tuple(sorted(_wait_marking(state.waits[w]) for w in scope.waits))
        rounds = () if scope.rounds is None else (scope.rounds.total, scope.rounds.done if scope.rounds.total is not None else 0)
        undone = (
            tuple(map(_record_marking, scope.records)),
            scope.undoing and (scope.undoing.then, scope.undoing.catcher, tuple(map(_record_marking, scope.undoing.todo))),
        )
        found_here = (scope.block, tuple(found), joins, tuple(inside.get(number, ())), waits, rounds, undone)
        # scopes inside are told by their digest, so that a marking is flat however deep processes call each other
        done[number] = found_here if number == ROOT else sha256(repr(found_here).encode()).hexdigest()
    return done[ROOT]


def _token_marking(state: State, token: Token, done: dict[int, Hashable]) -> Hashable:
    waits = tuple(sorted(_wait_marking(state.waits[w]) for w in token.waits))
    trouble = (token.trouble.kind, token.trouble.redo, token.trouble.flow) if token.trouble else ()
    return (token.node, token.phase, waits, trouble, done[token.child])


def _record_marking(record: Record) -> Hashable:
    return (record.node, record.is_partial, tuple(map(_record_marking, record.inner)))


def _wait_marking(wait: WaitState) -> tuple[int, str, str, int]:
    return (wait.node, wait.kind, wait.name, wait.part)

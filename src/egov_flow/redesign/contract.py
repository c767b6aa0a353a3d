# SPDX-License-Identifier: Apache-2.0
"""The behavioural contract of an operation, checked on the kernel: which orders of completed steps were possible before, and which are now.

Both versions are explored with data ignored; the orders in which a whole case can complete its activities are a regular language, and the two languages
are compared exactly. The operations' own conditions should make a breach impossible; this is the independent second look.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator
from datetime import UTC, datetime
from itertools import islice

import attrs

from egov_flow.errors import ProcedureError
from egov_flow.kernel import Outcome, Program, State, compile, marking, outcomes, possible_commands, starts  # noqa: A004 - the word of the design
from egov_flow.procedure import Procedure
from egov_flow.redesign.model import Change, Parallelise, Remove

__all__ = ["Contract", "contract_of"]

STATES, OUTCOMES, PAIRS = 3_000, 200, 20_000
_NOW = datetime(2000, 1, 1, tzinfo=UTC)


@attrs.frozen(kw_only=True)
class Contract:
    """What was found about the contract of one change.

    Attributes:
        change: the change.
        holds: None = not verified, because the space was too large or the version cannot be explored.
        witness: completed steps of a case that breaks it, in order.
    """

    change: Change
    holds: bool | None
    witness: tuple[str, ...] = ()


@attrs.define
class _Automaton:
    """States by number, 0 first; a label is a completed step or "" for nothing that is seen."""

    edges: list[list[tuple[str, int]]] = attrs.field(factory=lambda: [[]])
    final: set[int] = attrs.field(factory=set)

    def add(self) -> int:
        self.edges.append([])
        return len(self.edges) - 1

    def connect(self, source: int, labels: list[str], target: int) -> None:
        for label in labels[:-1]:
            between = self.add()
            self.edges[source].append((label, between))
            source = between
        self.edges[source].append((labels[-1] if labels else "", target))

    def closed(self, states: frozenset[int]) -> frozenset[int]:
        found, todo = set(states), list(states)
        while todo:
            for label, target in self.edges[todo.pop()]:
                if not label and target not in found:
                    found.add(target)
                    todo.append(target)
        return frozenset(found)

    def after(self, states: frozenset[int]) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for state in states:
            for label, target in self.edges[state]:
                if label:
                    found.setdefault(label, set()).add(target)
        return {label: self.closed(frozenset(targets)) for label, targets in sorted(found.items())}


def contract_of(before: Procedure, after: Procedure, change: Change) -> Contract:
    """Check what an operation promises: `remove` hides its steps, `parallelise` keeps every old order, `deadline` changes none."""
    operation = change.operation
    if not isinstance(operation, Remove | Parallelise):
        return Contract(change=change, holds=dict(before.files)["process.bpmn"] == dict(after.files)["process.bpmn"])
    kept = _activities(before) & _activities(after)
    old, new = _automaton(before, kept), _automaton(after, kept)
    if old is None or new is None:
        return Contract(change=change, holds=None)
    broken = _missing(old, new)
    if broken == () and isinstance(operation, Remove):
        broken = _missing(new, old)
    if broken is None:
        return Contract(change=change, holds=None)
    return Contract(change=change, holds=not broken, witness=broken[0] if broken else ())


def _activities(procedure: Procedure) -> frozenset[str]:
    return frozenset(n.id for n in procedure.model.nodes() if n.activity is not None)


def _automaton(procedure: Procedure, seen: frozenset[str]) -> _Automaton | None:
    """Return the orders in which cases complete the steps that are looked at; None where they cannot be enumerated within the bounds."""
    try:
        program = compile(procedure, conditions="free")
    except ProcedureError:
        return None
    automaton, numbers = _Automaton(), dict[Hashable, int]()
    todo: deque[tuple[int, State | None]] = deque([(0, None)])
    while todo:
        number, state = todo.popleft()
        found = list(islice(_outcomes(program, state), OUTCOMES))
        if len(found) == OUTCOMES or len(numbers) > STATES:
            return None
        for outcome in found:
            key = (marking(outcome.step.state), outcome.step.status)
            if key not in numbers:
                numbers[key] = automaton.add()
                if outcome.step.status == "running":
                    todo.append((numbers[key], outcome.step.state))
                else:
                    automaton.final.add(numbers[key])
            automaton.connect(number, _completed(outcome, seen), numbers[key])
    return automaton


def _outcomes(program: Program, state: State | None) -> Iterator[Outcome]:
    for command in starts(program) if state is None else possible_commands(program, state):
        yield from outcomes(program, state, command, _NOW)


def _completed(outcome: Outcome, seen: frozenset[str]) -> list[str]:
    return [o.element for o in outcome.step.occurrences if o.kind == "completed" and o.element in seen]


def _missing(one: _Automaton, other: _Automaton) -> tuple[()] | tuple[tuple[str, ...]] | None:
    """Return the shortest order that one allows and the other does not; () if there is none, None past the bound."""
    first = (one.closed(frozenset([0])), other.closed(frozenset([0])))
    ways: dict[tuple[frozenset[int], frozenset[int]], tuple[str, ...]] = {first: ()}
    todo = deque([first])
    while todo:
        pair = todo.popleft()
        if one.final & pair[0] and not other.final & pair[1]:
            return (ways[pair],)
        if len(ways) > PAIRS:
            return None
        there = other.after(pair[1])
        for label, target in one.after(pair[0]).items():
            following = (target, there.get(label, frozenset()))
            if following not in ways:
                ways[following] = (*ways[pair], label)
                todo.append(following)
    return ()

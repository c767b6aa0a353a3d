# SPDX-License-Identifier: Apache-2.0
"""The space of a program: every marking that a case can come to, found breadth first by stepping the kernel, data ignored.

Whoever is outside may do anything that the case allows: complete any open work, report the result of any job, send any awaited message, let any timer or
deadline come. A marking in which two tokens meet at one element is not explored further, so that the space of what is explored is finite.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Hashable, Iterator, Mapping
from datetime import UTC, datetime

import attrs

from egov_flow.data import Context
from egov_flow.kernel import Picked, Program, State, caught_errors, forget_repeats, marking, possible_commands, proceed, step
from egov_flow.proof.shape import has_instant_loop, thrown_paths
from egov_flow.values import Command, Occurrence, Step

NOW = datetime(2000, 1, 1, tzinfo=UTC)
RUNS_PER_STATE = 16
DEEP = 8
"""How often a process may run inside itself before that is looked at no further."""
PAUSED = "proceed"


@attrs.frozen
class Move:
    """What somebody outside does: `kind` is a command's (or `proceed`: the next element of a paused step) and `node` where it acts.

    `code` is that of the BPMN error that a job reports instead of a result, `part` the number of the trigger of an event that has several.
    """

    kind: str
    node: int = -1
    code: str = ""
    part: int = 0


@attrs.frozen
class Edge:
    """A step from one state to another: the move, the ways picked at its splits, and what happened to elements that are watched."""

    target: int
    move: Move
    picks: tuple[int, ...]
    seen: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Manner:
    """How a program is explored: paused after so many `entries` of elements where a step may have no end, and with repeats forgotten `beside` the flow."""

    entries: int | None = None
    beside: frozenset[int] = frozenset()

    @classmethod
    def of(cls, program: Program) -> Manner:
        """Return the manner in which a program is explored."""
        return cls(0 if has_instant_loop(program) else None, thrown_paths(program))


@attrs.define
class Space:
    """All states found, by number; 0 is before the start.

    Attributes:
        edges: of each state, in the order in which they were tried.
        parents: for each state the one from which it was found first, and how.
        final: states in which the case has ended.
        double: states in which two tokens meet, with the element where.
        incidents: states with parked tokens, with (kind, element) of each.
        entered: ids of all elements that some token entered.
        open_ends: states that were found but not explored, because a bound was reached.
        deep: those of them in which a process runs inside itself again and again.
    """

    program: Program
    edges: list[tuple[Edge, ...]] = attrs.field(factory=lambda: [()])
    parents: list[tuple[int, Edge] | None] = attrs.field(factory=lambda: [None])
    final: set[int] = attrs.field(factory=set)
    double: dict[int, str] = attrs.field(factory=dict)
    incidents: dict[int, tuple[tuple[str, str], ...]] = attrs.field(factory=dict)
    entered: set[str] = attrs.field(factory=set)
    open_ends: set[int] = attrs.field(factory=set)
    deep: set[int] = attrs.field(factory=set)

    @property
    def undecided(self) -> dict[int, str]:
        """Return the states in which tokens wait at a gateway that only data could have activated, with that gateway."""
        found = ((state, self._awaits_data(parked)) for state, parked in self.incidents.items())
        return {state: element for state, element in found if element}

    def _awaits_data(self, parked: tuple[tuple[str, str], ...]) -> str:
        nodes = ((element, self.program.node(element)) for kind, element in parked if kind == "stuck")
        return next((e for e, node in nodes if node is not None and node.joining is not None and not node.joining.is_certain), "")

    @property
    def is_complete(self) -> bool:
        """Return whether every reachable state was explored."""
        return not self.open_ends

    def path_to(self, state: int) -> tuple[Edge, ...]:
        """Return the edges of the shortest way to a state."""
        edges: list[Edge] = []
        parent = self.parents[state]
        while parent is not None:
            edges.append(parent[1])
            parent = self.parents[parent[0]]
        return tuple(reversed(edges))

    def replay(self, edges: tuple[Edge, ...]) -> tuple[Occurrence, ...]:
        """Return what happens along edges that begin before the start."""
        state: State | None = None
        occurrences: list[Occurrence] = []
        manner = Manner.of(self.program)
        for edge in edges:
            taken = take(self.program, state, edge.move, Picked(edge.picks), manner)
            state = taken.state
            occurrences += taken.occurrences
        return tuple(occurrences)


def explore(program: Program, limit: int, side_paths: Mapping[int, frozenset[int]], watched: frozenset[str] = frozenset()) -> Space:
    """Return the space of a program.

    Args:
        program: compiled, usually with free conditions.
        limit: how many states are explored at most; others are open ends.
        side_paths: own paths of repeating boundary events; such an event happens again only when its path is empty.
        watched: ids of elements whose entering and completion every edge notes.
    """
    return _Explorer(program, limit, side_paths, watched).explore()


@attrs.define
class _Explorer:
    program: Program
    limit: int
    side_paths: Mapping[int, frozenset[int]]
    watched: frozenset[str]
    space: Space = attrs.field(init=False)
    numbers: dict[Hashable, int] = attrs.field(factory=dict)
    todo: deque[tuple[int, State | None]] = attrs.field(factory=lambda: deque([(0, None)]))
    manner: Manner = attrs.field(init=False)
    runs_left: int = 0

    def explore(self) -> Space:
        self.space = Space(self.program)
        self.manner = Manner.of(self.program)
        self.runs_left = self.limit * RUNS_PER_STATE
        explored = 0
        while self.todo:
            number, state = self.todo.popleft()
            if explored >= self.limit or self.runs_left <= 0:
                self.space.open_ends.add(number)
                continue
            explored += 1
            self.space.edges[number] = tuple(self._edges(number, state))
        return self.space

    def _edges(self, number: int, state: State | None) -> Iterator[Edge]:
        known: set[tuple[int, tuple[tuple[str, str], ...]]] = set()
        for move in moves(self.program, state, self.side_paths):
            for picks, taken in self._runs(state, move):
                seen = self._seen(taken)
                target = self._number(number, taken, Edge(0, move, picks, seen))
                if (target, seen) not in known:
                    known.add((target, seen))
                    yield Edge(target, move, picks, seen)
                if self.runs_left <= 0:
                    self.space.open_ends.add(number)
                    return

    def _runs(self, state: State | None, move: Move) -> Iterator[tuple[tuple[int, ...], Step[State]]]:
        picks: tuple[int, ...] | None = ()
        while picks is not None:
            self.runs_left -= 1
            choices = Picked(picks)
            taken = take(self.program, state, move, choices, self.manner)
            yield picks, taken
            picks = choices.next()

    def _seen(self, taken: Step[State]) -> tuple[tuple[str, str], ...]:
        seen = []
        for occurrence in taken.occurrences:
            if occurrence.kind == "entered":
                self.space.entered.add(occurrence.element)
            elif occurrence.kind not in ("completed", "left"):
                continue
            if occurrence.element in self.watched:
                seen.append(("entered" if occurrence.kind == "entered" else "completed", occurrence.element))
        return tuple(seen)

    def _number(self, source: int, taken: Step[State], edge: Edge) -> int:
        key = _key(taken.state)
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.space.edges)
            self.space.edges.append(())
            self.space.parents.append((source, attrs.evolve(edge, target=number)))
            self._classify(number, taken)
        return number

    def _classify(self, number: int, taken: Step[State]) -> None:
        state = taken.state
        parked = incidents(self.program, state)
        if parked:
            self.space.incidents[number] = parked
        element = meeting(self.program, state, self.manner.beside)
        if taken.status != "running":
            self.space.final.add(number)
        elif _is_deep(state):
            self.space.open_ends.add(number)
            self.space.deep.add(number)
        elif element:
            self.space.double[number] = element
        else:
            self.todo.append((number, state))


def _key(state: State) -> Hashable:
    order = tuple(node for _, node in state.inclusive) if len(state.inclusive) > 1 else ()
    return (marking(state), order)


def _is_deep(state: State) -> bool:
    """Return whether a process that calls itself has done so more often than anybody needs to look at: that has no end."""
    return len(state.scopes) > DEEP and max(Counter(scope.block for scope in state.scopes.values()).values()) > DEEP


def take(program: Program, state: State | None, move: Move, choices: Picked, manner: Manner) -> Step[State]:
    """Return the step that a move makes, repeats forgotten."""
    taken = _taken(program, state, move, choices, manner.entries)
    return taken._replace(state=forget_repeats(taken.state, manner.beside))


def _taken(program: Program, state: State | None, move: Move, choices: Picked, entries: int | None) -> Step[State]:
    if state is None:
        target = program.nodes[move.node].id if move.node >= 0 else ""
        return step(program, None, Command(kind="start", target=target), NOW, choices=choices, entries=entries)
    if move.kind == PAUSED:
        return proceed(program, state, NOW, choices=choices, entries=1)
    return step(program, state, _command(program, state, move), NOW, choices=choices, entries=entries)


def _command(program: Program, state: State, move: Move) -> Command:
    if move.kind in ("complete", "report"):
        tokens = (t for scope in state.scopes.values() for t in scope.tokens.values())
        token = next(t for t in tokens if t.node == move.node and t.phase in OUTSIDE)
        outcome = Context({"outcome": "error", "code": move.code}) if move.code else Context()
        return Command(kind=move.kind, target=str(token.id), arguments=outcome)
    if move.kind in CHOSEN:
        return next(c for c in possible_commands(program, state) if c.kind == move.kind and program.index[c.target] == move.node)
    wait = next(w for w in state.waits.values() if (w.node, w.part) == (move.node, move.part) and HAPPENS.get(w.kind) == move.kind)
    if move.kind == "send":
        return Command(kind="send", target=wait.name, arguments=Context({"wait": str(wait.id)}))
    return Command(kind=move.kind, target=str(wait.id) if move.kind == "due" else wait.name)


ANY_ERROR = "any"
CHOSEN = frozenset({"begin", "end"})
"""What people choose in an ad-hoc sub-process."""
OUTSIDE = {"work": "complete", "job": "report"}
HAPPENS = {"message": "send", "signal": "signal", "timer": "due", "deadline": "expire", "condition": "due"}
AT_ONCE = frozenset({"signal", "deadline"})
"""What reaches all who wait for it at once."""


def moves(program: Program, state: State | None, side_paths: Mapping[int, frozenset[int]]) -> Iterator[Move]:
    """Yield everything that somebody outside can do in a state, in the order in which it came about."""
    if state is None:
        yield from _starts(program)
        return
    if state.pending or state.late:
        yield Move(PAUSED)
        return
    for scope in state.scopes.values():
        for token in scope.tokens.values():
            if token.phase in OUTSIDE:
                yield Move(OUTSIDE[token.phase], token.node)
                codes = caught_errors(program, state, token.id) if token.phase == "job" else ()
                yield from (Move("report", token.node, code or ANY_ERROR) for code in codes)
    for chosen in possible_commands(program, state):
        if chosen.kind in CHOSEN:
            yield Move(chosen.kind, program.index[chosen.target])
    happened: set[tuple[str, str]] = set()
    for wait in state.waits.values():
        if wait.kind not in HAPPENS:
            continue  # it has come, and others are still to come
        path = side_paths.get(wait.node)
        if path is not None and any(token.node in path for token in state.scopes[wait.scope].tokens.values()):
            continue
        if wait.kind in AT_ONCE:
            if (wait.kind, wait.name) in happened:
                continue
            happened.add((wait.kind, wait.name))
        yield Move(HAPPENS[wait.kind], wait.node, part=wait.part)


def _starts(program: Program) -> Iterator[Move]:
    if not program.blocks[0].entries:
        yield Move("start")
    yield from (Move("start", index) for index in program.entries.values())


def incidents(program: Program, state: State) -> tuple[tuple[str, str], ...]:
    """Return (kind, element) of every parked token."""
    tokens = (token for scope in state.scopes.values() for token in scope.tokens.values())
    return tuple((token.trouble.kind, program.nodes[token.node].id) for token in tokens if token.trouble is not None)


def meeting(program: Program, state: State, beside: frozenset[int] = frozenset()) -> str:
    """Return the element that two tokens of one scope are at, or come to over the same flow; "" if there is none.

    In an ad-hoc sub-process people begin what they like as often as they like, and what stands `beside` the flow is begun as often as it is thrown.
    """
    for scope in state.scopes.values():
        if program.blocks[scope.block].adhoc is not None:
            continue
        at: set[int] = set()
        for token in scope.tokens.values():
            if token.trouble is None and token.node not in beside:
                if token.node in at:
                    return program.nodes[token.node].id
                at.add(token.node)
        for node, counts in scope.joins.items():
            if any(count > 1 for count in counts.values()):
                return program.nodes[node].id
    arrivals = (*state.pending, *state.late)
    arrivals = tuple(a for a in arrivals if a.node not in beside and program.blocks[state.scopes[a.scope].block].adhoc is None)
    twice = next((a for number, a in enumerate(arrivals) if a in arrivals[:number]), None)
    return program.nodes[twice.node].id if twice is not None else ""

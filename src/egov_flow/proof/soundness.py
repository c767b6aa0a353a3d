# SPDX-License-Identifier: Apache-2.0
"""Soundness: option to complete, no dead element, no two tokens at one element (van der Aalst 2011; for BPMN Kräuter 2024).

BPMN itself ends a case when no token is left (BPMN 2.0.2 §13.5.6), so that nothing can be left over at the end; what classical soundness calls improper
completion shows here as two tokens that meet: then work is done twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

import attrs

from egov_flow.errors import Finding
from egov_flow.kernel import Node
from egov_flow.procedure import Procedure
from egov_flow.proof.result import Counterexample
from egov_flow.proof.space import Edge, Space
from egov_flow.proof.twice import entered_twice
from egov_flow.values import Occurrence

MOST_OF_A_KIND = 10
SOURCE = "BPMN 2.0.2 §13.4"


def counterexamples(procedure: Procedure, space: Space, once: frozenset[str], *, is_whole: bool) -> tuple[Counterexample, ...]:
    """Return what makes the explored space unsound, each kind and element once, those with the shortest path first.

    Args:
        procedure: whose elements findings name.
        space: explored; it has watched the elements of `once`.
        once: ids of elements that no case may enter twice.
        is_whole: what was explored stands for all cases, so that what none of them enters is dead.
    """
    stuck, endless = _without_end(space)
    twice = islice(entered_twice(space, once), MOST_OF_A_KIND)
    found = [
        *_first_each("deadlock", procedure, space, ((state, _where(space, state)) for state in stuck)),
        *_first_each("livelock", procedure, space, ((state, _where(space, state)) for state in endless[:1])),
        *_first_each("improper completion", procedure, space, sorted(space.double.items())),
        *(_example("improper completion", procedure, space, element, path) for element, path in twice),
        *_first_each("incident", procedure, space, _other_incidents(space)),
    ]
    found.sort(key=lambda c: len(c.path))
    return (*found, *(_dead(procedure, space) if is_whole else ()))


def _without_end(space: Space) -> tuple[list[int], list[int]]:
    """Return the states that are stuck, and those from which cases go round without a way to an end or to where they are stuck."""
    hopeful = space.final | set(space.double) | space.open_ends | space.undecided.keys()
    before = _reversed(space)
    good = _back(before, hopeful)
    bad = [state for state in range(len(space.edges)) if state not in good]
    stuck = [state for state in bad if not space.edges[state]]
    to_stuck = _back(before, stuck)
    return stuck, [state for state in bad if state and state not in to_stuck]


def _reversed(space: Space) -> list[list[int]]:
    before: list[list[int]] = [[] for _ in space.edges]
    for source, edges in enumerate(space.edges):
        for edge in edges:
            before[edge.target].append(source)
    return before


def _back(before: list[list[int]], goals: Iterable[int]) -> set[int]:
    reached = set(goals)
    todo = deque(reached)
    while todo:
        for source in before[todo.popleft()]:
            if source not in reached:
                reached.add(source)
                todo.append(source)
    return reached


def _where(space: Space, state: int) -> str:
    """Return the element that a bad state is about: the one where a token is parked, or else the last one that was entered."""
    parked = space.incidents.get(state, ())
    if parked:
        return parked[0][1]
    return next((o.element for o in reversed(space.replay(space.path_to(state))) if o.kind == "entered"), "")


def _other_incidents(space: Space) -> Iterator[tuple[int, str]]:
    for state, parked in sorted(space.incidents.items()):
        yield from ((state, element) for kind, element in parked if kind != "stuck")


def _first_each(kind: str, procedure: Procedure, space: Space, states: Iterable[tuple[int, str]]) -> Iterator[Counterexample]:
    seen: set[str] = set()
    for state, element in states:
        if element not in seen and len(seen) < MOST_OF_A_KIND:
            seen.add(element)
            yield _example(kind, procedure, space, element, space.path_to(state))


CODES = {"deadlock": "EF-V001", "livelock": "EF-V002", "improper completion": "EF-V004", "incident": "EF-V005"}


def _example(kind: str, procedure: Procedure, space: Space, element: str, path: tuple[Edge, ...]) -> Counterexample:
    occurrences = space.replay(path)
    code = CODES[kind]
    node = procedure.node(element)
    if kind == "deadlock" and node is not None and node.kind == "parallelGateway":
        code = "EF-V006"
    entered, taken = way(occurrences)
    return Counterexample(kind=kind, finding=about(procedure, code, element, way=arrows(entered)), path=entered, flows=taken)


def way(occurrences: Iterable[Occurrence]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the elements entered and the sequence flows taken, in order."""
    occurrences = tuple(occurrences)
    return (
        tuple(o.element for o in occurrences if o.kind == "entered"),
        tuple(o.element for o in occurrences if o.kind == "taken"),
    )


def arrows(elements: tuple[str, ...]) -> str:
    """Return a way as text; of a long one the last part, where it goes wrong."""
    shown = elements[-12:]
    return ("… → " if len(shown) < len(elements) else "") + " → ".join(shown)


def about(procedure: Procedure, code: str, element: str, *, severity: str = "error", **arguments: str) -> Finding:
    """Return a finding at an element of the diagram."""
    node = procedure.node(element)
    place = node.origin.place if node else None
    name, kind = (node.name, node.kind) if node else ("", "")
    found = Finding.of(code, place, severity=severity, element=element, name=name, type=kind, source=SOURCE)
    return attrs.evolve(found, arguments=arguments)


def _binds_a_handler(node: Node) -> bool:
    """Return whether an event only says what compensates its activity: no token ever enters it, and if its handler is never reached, that one is told."""
    return node.kind == "boundaryEvent" and node.trigger is not None and node.trigger.kind == "compensate"


def _dead(procedure: Procedure, space: Space) -> Iterator[Counterexample]:
    """Yield the elements that no case ever enters; nothing can be said of that while parts of the space are unexplored."""
    if not space.is_complete or space.double:
        return
    for node in space.program.nodes:
        if node.id not in space.entered and not _binds_a_handler(node):
            yield Counterexample(kind="dead element", finding=about(procedure, "EF-V003", node.id))

# SPDX-License-Identifier: Apache-2.0
"""Elements that are entered twice in one case although no loop leads there: two tokens did what is to be done once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from egov_flow.proof.space import Edge, Space

Stage = tuple[int, bool]
"""A state, and whether the element was entered on the way to it."""


def entered_twice(space: Space, elements: frozenset[str]) -> Iterator[tuple[str, tuple[Edge, ...]]]:
    """Yield those of the elements that some case enters twice, each with the shortest way there; the space must have watched them."""
    for element in sorted(_suspects(space, elements)):
        yield element, _shortest(space, element)


def _suspects(space: Space, elements: frozenset[str]) -> set[str]:
    """Return the elements entered by an edge from a state before which they may have been entered already."""
    before: dict[int, frozenset[str]] = {0: frozenset()}
    found: set[str] = set()
    todo = deque([0])
    while todo:
        source = todo.popleft()
        for edge in space.edges[source]:
            entered = [element for kind, element in edge.seen if kind == "entered" and element in elements]
            found.update(element for element in entered if element in before[source] or entered.count(element) > 1)
            known = before.get(edge.target)
            after = before[source].union(entered)
            if known is None or not after <= known:
                before[edge.target] = after | (known or frozenset())
                todo.append(edge.target)
    return found


def _shortest(space: Space, element: str) -> tuple[Edge, ...]:
    start: Stage = (0, False)
    parents: dict[Stage, tuple[Stage, Edge] | None] = {start: None}
    todo = deque([start])
    while todo:
        stage = todo.popleft()
        for edge in space.edges[stage[0]]:
            times = edge.seen.count(("entered", element)) + stage[1]
            following = (edge.target, times > 0)
            if times > 1:
                return (*_way(parents, stage), edge)
            if following not in parents:
                parents[following] = (stage, edge)
                todo.append(following)
    raise AssertionError(f"{element} is not entered twice")


def _way(parents: dict[Stage, tuple[Stage, Edge] | None], stage: Stage) -> tuple[Edge, ...]:
    edges = []
    parent = parents[stage]
    while parent is not None:
        edges.append(parent[1])
        parent = parents[parent[0]]
    return tuple(reversed(edges))

# SPDX-License-Identifier: Apache-2.0
"""Inclusive joins that wait for each other (BPMN 2.0.2 §13.4.3).

A join waits for a token that can still come over an empty flow, unless that token can also come over a flow that holds one. Two joins wait for each other
where each holds a token that can come to an empty flow of the other, and to no flow of it that holds one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from egov_flow.bpmn import FlowNode
from egov_flow.checks.ways import Way, Ways

__all__ = ["circles"]

MOST = 100
"""More inclusive joins than anybody draws in one process; each pair of them is looked at."""


def circles(ways: Ways) -> Iterator[tuple[FlowNode, FlowNode, bool]]:
    """Yield pairs of joins that may wait for each other, and whether they certainly do where a case takes the ways to both."""
    joins = [join for join in ways.joins("inclusiveGateway") if join.id in ways.marked][:MOST]
    reached = {join.id: {way: _sources(ways, way, join) for way in ways.coming[join.id]} for join in joins}
    for i, one in enumerate(joins):
        for other in joins[i + 1 :]:
            first, second = _open(reached[one.id], other), _open(reached[other.id], one)
            if not first or not second:
                continue
            found = [_is_bare(ways, *pair) for pair in _brought(ways, first, second, (one.id, other.id))]
            if found:
                yield one, other, any(found)


def _sources(ways: Ways, way: Way, join: FlowNode) -> frozenset[str]:
    """Return the nodes from which a token can come over a way into a join without passing the join before."""
    return frozenset(before.source for before in ways.before([way], (join.id,)))


def _open(coming: Mapping[Way, frozenset[str]], other: FlowNode) -> list[Way]:
    """Return the ways into a join over which no token of the other can come; none if none can come over the rest either."""
    found = [way for way, sources in coming.items() if other.id not in sources]
    return found if len(found) < len(coming) else []


def _brought(ways: Ways, first: list[Way], second: list[Way], joins: tuple[str, str]) -> Iterator[tuple[Way, Way, set[Way], set[Way]]]:
    """Yield the ways, taken at once, that bring a token to each join without passing one of them."""
    to_first, to_second = ways.before(first, joins), ways.before(second, joins)
    for source in ways.leaving:
        if source in ways.marked:
            for one, other in ways.together(source):
                if one in to_first and other in to_second:
                    yield one, other, to_first, to_second
                if other in to_first and one in to_second:
                    yield other, one, to_first, to_second


def _is_bare(ways: Ways, one: Way, other: Way, to_first: set[Way], to_second: set[Way]) -> bool:
    """Return whether these two tokens are alone: nothing before or beside them brings a third that could come to the rescue."""
    chosen = {way for way in ways.leaving[one.source] if way.is_sure}
    if ways.splits_before(one.source) or chosen - {one, other}:
        return False
    return _is_plain(ways, one, to_first) and _is_plain(ways, other, to_second)


def _is_plain(ways: Ways, way: Way, towards: set[Way]) -> bool:
    """Return whether a token can go on from a way to its join without being split or joined."""
    seen, todo = {way}, [way]
    while todo:
        step = todo.pop()
        node = step.target
        following = [w for w in ways.leaving.get(node, ()) if w in towards]
        if not following or (ways.nodes[node].kind == "inclusiveGateway" and len(ways.coming[node]) > 1):
            return True
        if ways.nodes[node].kind == "parallelGateway" and len(ways.coming[node]) > 1:
            continue
        if sum(w.is_sure and not w.choice for w in ways.leaving[node]) > 1:
            continue
        todo += [w for w in following if w not in seen]
        seen.update(following)
    return False

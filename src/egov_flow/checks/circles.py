# SPDX-License-Identifier: Apache-2.0
"""Inclusive joins that wait for each other (BPMN 2.0.2 §13.4.3).

A join waits for a token that can still come over an empty flow, unless that token can also come over a flow that holds one. Two joins wait for each other
where each holds a token that can come to an empty flow of the other, and to no flow of it that holds one. So each can be reached from the other: only
joins in one and the same round are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

import attrs

from egov_flow.bpmn import FlowNode
from egov_flow.checks.effort import Effort
from egov_flow.checks.ways import Way, Ways

__all__ = ["Circle", "circles"]

LONELY = 2
"""Tokens that wait for each other, and no third that could come to the rescue."""


@attrs.frozen
class Circle:
    """Two joins that may wait for each other.

    Attributes:
        join: the first of them in the file.
        other: the second.
        is_certain: they do, wherever a case takes the ways to both.
    """

    join: FlowNode
    other: FlowNode
    is_certain: bool


@attrs.frozen(eq=False)
class _Towards:
    """What leads to one way into a join.

    Attributes:
        ways: on which a token can be that comes over it without passing the join before.
        sources: the nodes from which such a token comes.
        parting: by node, those of the ways that leave where tokens may take several at once.
    """

    ways: Collection[Way]
    sources: Collection[str]
    parting: Mapping[str, Sequence[Way]]

    @classmethod
    def of(cls, ways: Ways, way: Way) -> _Towards:
        """Look back from a way into a join."""
        found = ways.before([way], (way.target,))
        sources = {before.source for before in found}
        splits = [split for split in ways.splits if split in sources and split in ways.marked]
        return cls(found, sources, {split: [way for way in ways.leaving[split] if way in found] for split in splits})


def circles(ways: Ways, effort: Effort) -> Iterator[Circle]:
    """Yield pairs of joins that may wait for each other, as long as there is effort left."""
    for joins in _rounds(ways):
        towards: dict[str, list[_Towards]] = {}
        for join in joins:
            towards[join.id] = [_Towards.of(ways, way) for way in ways.coming[join.id]]
            if not effort.spend(sum(len(found.ways) + len(ways.splits) for found in towards[join.id]), join):
                return
        for one, other in combinations(joins, 2):
            if not effort.spend(len(towards[one.id]) + len(towards[other.id]), one):
                return
            first, second = _open(towards[one.id], other), _open(towards[other.id], one)
            found = _meeting(ways, first, second, effort, one)
            if effort.stopped is not None:
                return
            if found is not None:
                yield Circle(one, other, found)


def _rounds(ways: Ways) -> list[list[FlowNode]]:
    """Return the inclusive joins of each round that has several."""
    found: dict[int, list[FlowNode]] = {}
    for join in ways.joins("inclusiveGateway"):
        if join.id in ways.marked:
            found.setdefault(ways.rounds[join.id], []).append(join)
    return [joins for joins in found.values() if len(joins) > 1]


def _open(coming: Sequence[_Towards], other: FlowNode) -> list[_Towards]:
    """Return what leads to the ways into a join over which no token of the other can come; none if none can come over the rest either."""
    found = [towards for towards in coming if other.id not in towards.sources]
    return found if len(found) < len(coming) else []


def _meeting(ways: Ways, first: Sequence[_Towards], second: Sequence[_Towards], effort: Effort, at: FlowNode) -> bool | None:
    """Return whether two joins certainly wait for each other where tokens that part at one node come to both; None if none do."""
    meets = False
    for source in dict.fromkeys(split for towards in first for split in towards.parting):
        ones = [way for towards in first for way in towards.parting.get(source, ())]
        others = [way for towards in second for way in towards.parting.get(source, ())]
        if not effort.spend(1 + len(ones) + len(others), at):
            return None
        if (meets and not _is_lonely(ways, source)) or ways.together(source, ones, others) is None:
            continue
        meets = True
        if _is_lonely(ways, source) and _is_bare(
            ways, source, _plain(ways, ones, first, effort, at), _plain(ways, others, second, effort, at)
        ):
            return True
    return False if meets else None


def _is_lonely(ways: Ways, source: str) -> bool:
    """Return whether two tokens that part at a node may be all there are: nothing before it parts, and it sends no third at the same time."""
    return not ways.splits_before(source) and sum(way.is_sure for way in ways.leaving[source]) <= LONELY


def _is_bare(ways: Ways, source: str, ones: Sequence[Way], others: Sequence[Way]) -> bool:
    """Return whether some two ways can be taken at once and no third with them."""
    sure = {way for way in ways.leaving[source] if way.is_sure}
    if not sure:
        return ways.together(source, ones, others) is not None
    pairs = [([way for way in ones if way in sure], others), (ones, [way for way in others if way in sure])]
    if len(sure) == LONELY:
        pairs = [([way for way in ones if way in sure], [way for way in others if way in sure])]
    return any(ways.together(source, *pair) is not None for pair in pairs)


def _plain(ways: Ways, begins: Sequence[Way], towards: Sequence[_Towards], effort: Effort, at: FlowNode) -> list[Way]:
    """Return the ways from which a token can go on to its join without being split or joined."""
    found = []
    for begin in begins:
        seen, todo = {begin}, [begin]
        while todo:
            following = _onward(ways, todo.pop().target, towards)
            if following is None:
                found.append(begin)
                break
            todo += [way for way in following if way not in seen]
            seen.update(following)
        if not effort.spend(len(seen), at):
            return []
    return found


def _onward(ways: Ways, node: str, towards: Sequence[_Towards]) -> list[Way] | None:
    """Return where a token goes on alone towards a join; None if it is at one, none if it is split or joined here."""
    leaving = ways.leaving.get(node, ())
    following = [way for way in leaving if any(way in found.ways for found in towards)]
    is_join = len(ways.coming[node]) > 1
    if not following or (ways.nodes[node].kind == "inclusiveGateway" and is_join):
        return None
    is_split = sum(way.is_sure and not way.choice for way in leaving) > 1
    return [] if is_split or (ways.nodes[node].kind == "parallelGateway" and is_join) else following

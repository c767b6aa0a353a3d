# SPDX-License-Identifier: Apache-2.0
"""Parallel joins that wait for what cannot, or need not, come (BPMN 2.0.2 §13.4.1)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator
from itertools import pairwise

from egov_flow.bpmn import FlowNode
from egov_flow.checks.effort import Effort
from egov_flow.checks.ways import ENTRY, EXCLUSIVE, Way, Ways, ends_others

__all__ = ["excluded", "left_alone", "starved"]


def starved(ways: Ways) -> Iterator[tuple[FlowNode, Way]]:
    """Yield the joins that some way brings a token to, each with a way that can bring none before the join itself (or another such join) lets one pass."""
    for join in ways.joins("parallelGateway"):
        coming = ways.coming[join.id]
        if join.id not in ways.marked and any(way.source in ways.marked for way in coming):
            yield join, next(way for way in coming if way.source not in ways.marked)


def excluded(ways: Ways) -> Iterator[tuple[FlowNode, FlowNode, bool]]:
    """Yield the joins that wait for two ways of which one token takes only one; with where they part, and whether one token is all there is."""
    for join in ways.joins("parallelGateway"):
        parting = _choice_between(ways, ways.coming[join.id]) if join.id in ways.marked else None
        if parting is not None:
            source, choice = parting
            yield join, ways.nodes[source or choice], not source or not ways.splits_before(source)


def _choice_between(ways: Ways, coming: Collection[Way]) -> tuple[str, str] | None:
    """Return where paths to two of some ways part by different choices, and one of them.

    In the order of a walk down the tree of what is passed, the paths of neighbours part wherever any two do.
    """
    passed = ways.passed
    chosen: dict[Hashable, str] = {}
    for one, other in pairwise(sorted(coming, key=lambda way: passed.rank[passed.number[way]])):
        source, *steps = passed.parting(one, other) or (ENTRY,)
        for step in steps:
            if isinstance(step, Way) and step.choice and chosen.setdefault(source, step.choice) != step.choice:
                return str(source), min(step.choice, chosen[source])
    return None


def left_alone(ways: Ways, known: Collection[str], effort: Effort) -> Iterator[tuple[FlowNode, FlowNode]]:
    """Yield the joins at which a token may wait alone, because the one beside it took another way where it had a choice; with where that was.

    Args:
        ways: of one process or sub-process.
        known: joins of which worse is known.
        effort: how many steps may be taken.
    """
    for join in ways.joins("parallelGateway"):
        if join.id in ways.marked and join.id not in known:
            parting = next((p for way in ways.coming[join.id] for p in _partings(ways, join, way, effort)), None)
            if parting is not None:
                yield join, ways.nodes[parting]
        if effort.stopped is not None:
            return


def _partings(ways: Ways, join: FlowNode, way: Way, effort: Effort) -> Iterator[str]:
    """Yield where a token that the join needs over a way may go elsewhere for good, while the token of another way still comes."""
    passed = ways.passed
    shared = passed.things[passed.above[passed.number[join.id]]]
    for taken in passed.path(way, shared):
        if not effort.spend(1, join):
            return
        elsewhere = _elsewhere(ways, taken) if isinstance(taken, Way) else []
        if not elsewhere or not isinstance(taken, Way):
            continue
        reached, before_join = ways.behind(elsewhere), ways.behind(elsewhere, (join.id,))
        if not effort.spend(len(reached) + len(before_join) + len(ways.coming[join.id]), join):
            return
        if way in before_join or ends_others(ways, reached):
            continue
        if any(_comes_beside(ways, taken, other, elsewhere, reached) for other in ways.coming[join.id] if other != way):
            yield taken.source


def _elsewhere(ways: Ways, taken: Way) -> list[Way]:
    """Return where a token that could take a way may go instead of it."""
    if taken.source == ENTRY or taken.flow == "" or ways.nodes[taken.source].kind == "eventBasedGateway":
        return []
    if taken.choice:
        return [way for way in ways.leaving[taken.source] if way.choice != taken.choice]
    return [] if taken.is_sure else [way for way in ways.leaving[taken.source] if way != taken]


def _comes_beside(ways: Ways, taken: Way, other: Way, elsewhere: list[Way], reached: Collection[Way]) -> bool:
    """Return whether the token of another way comes although `taken` is not taken: from a split before both, or from where else the choice leads."""
    parting = ways.passed.parting(taken, other)
    if parting is None:
        return other in reached and not ways.passed.is_over(taken, other)
    source, one, beside = parting
    if source == taken.source and beside in elsewhere:
        return ways.nodes[taken.source].kind not in EXCLUSIVE
    return other in reached or (source != ENTRY and _are_both_taken(one, beside))


def _are_both_taken(one: object, other: object) -> bool:
    return isinstance(one, Way) and isinstance(other, Way) and one.is_sure and other.is_sure and one.choice == other.choice

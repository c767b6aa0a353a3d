# SPDX-License-Identifier: Apache-2.0
"""Parallel joins that wait for what cannot, or need not, come (BPMN 2.0.2 §13.4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from egov_flow.bpmn import FlowNode
from egov_flow.checks.ways import ENTRY, EXCLUSIVE, Way, Ways

__all__ = ["excluded", "left_alone", "starved"]

MOST = 100
"""More ways into one join than anybody reads; they would be compared two by two. A proof looks at them all."""


def starved(ways: Ways) -> Iterator[tuple[FlowNode, Way]]:
    """Yield the joins that some way brings a token to, each with a way that can bring none before the join itself (or another such join) lets one pass."""
    for join in ways.joins("parallelGateway"):
        coming = ways.coming[join.id]
        if join.id not in ways.marked and any(way.source in ways.marked for way in coming):
            yield join, next(way for way in coming if way.source not in ways.marked)


def excluded(ways: Ways) -> Iterator[tuple[FlowNode, FlowNode, bool]]:
    """Yield the joins that wait for two ways of which one token takes only one; with where they part, and whether one token is all there is."""
    for join in ways.joins("parallelGateway"):
        if join.id not in ways.marked or len(ways.coming[join.id]) > MOST:
            continue
        needed = [{(w.source, w.choice) for w in ways.needed(way) if w.choice} for way in ways.coming[join.id]]
        for one, other in combinations(needed, 2):
            chosen = dict(other)
            parting = next((source for source, choice in sorted(one) if chosen.get(source, choice) != choice), None)
            if parting is not None:
                named = ways.nodes[parting or min(choice for source, choice in one if source == parting)]
                yield join, named, not parting or not ways.splits_before(parting)
                break


def left_alone(ways: Ways) -> Iterator[tuple[FlowNode, FlowNode]]:
    """Yield the joins at which a token may wait alone, because the one beside it took another way where it had a choice; with where that was."""
    for join in ways.joins("parallelGateway"):
        coming = ways.coming[join.id]
        if join.id in ways.marked and len(coming) <= MOST:
            parting = next((p for way in coming for p in _partings(ways, join, way)), None)
            if parting is not None:
                yield join, ways.nodes[parting]


def _partings(ways: Ways, join: FlowNode, way: Way) -> Iterator[str]:
    """Yield where a token that the join needs over a way may go elsewhere for good, while the token of another way still comes."""
    others = [ways.needed(other) for other in ways.coming[join.id] if other != way]
    common = set[Way]().union(*others[:1]).intersection(*others[1:])
    for taken in ways.needed(way):
        if taken in common:
            continue
        elsewhere = [w for w in ways.leaving[taken.source] if w.choice != taken.choice] if taken.choice else []
        may_miss = bool(elsewhere) or not taken.is_sure
        if taken.source == ENTRY or not may_miss or taken.flow == "" or ways.nodes[taken.source].kind == "eventBasedGateway":
            continue
        if not taken.choice:
            elsewhere = [w for w in ways.leaving[taken.source] if w != taken]
        if not elsewhere or way in ways.behind(elsewhere, (join.id,)) or ways.ends_others(elsewhere):
            continue
        if any(taken not in needed and _comes_beside(ways, taken, needed, elsewhere) for needed in others):
            yield taken.source


def _comes_beside(ways: Ways, taken: Way, needed: list[Way], elsewhere: list[Way]) -> bool:
    """Return whether the token of another way comes although `taken` is not taken: from a split before both, or from where else the choice leads."""
    if any(w in elsewhere for w in needed):
        return ways.nodes[taken.source].kind not in EXCLUSIVE
    before = ways.needed(taken)
    for one in before:
        for other in needed:
            if (
                one.source == other.source
                and one != other
                and one.is_sure
                and other.is_sure
                and one.choice == other.choice
                and one.source != ENTRY
            ):
                return True
    return bool(set(ways.behind(elsewhere)) & {needed[0]}) and any(w.source == taken.source for w in before)

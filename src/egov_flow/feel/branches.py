# SPDX-License-Identifier: Apache-2.0
"""The conditions of one decision side by side: which hold together, what none of them covers, which never hold; each with an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import attrs

from egov_flow.data import EMPTY
from egov_flow.feel._cursor import spellings
from egov_flow.feel._grid import Grid, Rows, Witness, variables
from egov_flow.feel._nodes import Node
from egov_flow.feel._parser import Parser
from egov_flow.feel.domains import Domain
from egov_flow.feel.limits import DEFAULT_LIMITS

__all__ = ["Branches", "branches"]

MOST_CONDITIONS = 200
"""More ways out of one decision than anybody reads; they would be compared two by two."""
MOST_APART = 40
"""Of how many conditions each two get samples of their own, where all together have too many."""


@attrs.frozen(kw_only=True)
class Branches:
    """What was found about conditions, by their positions.

    Attributes:
        overlaps: two that hold together, and when; of many conditions with many variables this is not looked for.
        gap: when none holds; None if there is no such case, or if that is not known.
        never: those that never hold.
        always: those that hold in every case.
        undecided: those of which nothing is said; a gap is then not known either.
    """

    overlaps: tuple[tuple[int, int, Witness], ...] = ()
    gap: Witness | None = None
    never: tuple[int, ...] = ()
    always: tuple[int, ...] = ()
    undecided: tuple[int, ...] = ()


def branches(conditions: Sequence[str], domains: Mapping[str, Domain] = EMPTY) -> Branches:
    """Decide conditions that join comparisons of variables with constants or each other by and, or, not; of others nothing is said.

    Args:
        conditions: FEEL texts that parse.
        domains: what is known of variables; of one that is not named, every value of the kind that it is compared with is possible.

    Raises:
        FeelError: a condition does not parse.
    """
    known = [spellings(sorted(domains))]
    nodes = {n: Parser(text, list(known), DEFAULT_LIMITS.depth).whole() for n, text in enumerate(conditions)}
    if len(nodes) > MOST_CONDITIONS:
        return Branches(undecided=tuple(nodes))
    grid = Grid(domains)
    together = grid.rows(nodes)
    # Samples that tell all conditions apart tell each of them too, and each two of them.
    alone = {n: rows for n, node in nodes.items() if (rows := together or grid.rows({n: node})) is not None}
    shared = together if len(alone) == len(nodes) else grid.rows({n: nodes[n] for n in alone})
    return Branches(
        overlaps=tuple(_overlaps(grid, {n: nodes[n] for n in alone}, shared)),
        gap=_gap(together),
        never=tuple(n for n, rows in alone.items() if not any(found[n] is True for _, found in rows)),
        always=tuple(n for n, rows in alone.items() if all(found[n] is True for _, found in rows)),
        undecided=tuple(n for n in nodes if n not in alone),
    )


def _overlaps(grid: Grid, nodes: Mapping[int, Node], shared: Rows | None) -> Iterator[tuple[int, int, Witness]]:
    """Yield the pairs that hold together, each with the first sample in which both do; samples of all of them are not evaluated again."""
    if shared is None and len(nodes) > MOST_APART:
        return
    if shared is None:
        apart = ((pair, grid.rows({n: nodes[n] for n in pair})) for pair in combinations(nodes, 2))
        yield from (found for pair, rows in apart if (found := _overlap(rows, pair)))
        return
    holds = {n: sum(1 << at for at, (_, found) in enumerate(shared) if found[n] is True) for n in nodes}
    spoken = {n: variables(node) for n, node in nodes.items()}
    for one, other in combinations(nodes, 2):
        both = holds[one] & holds[other]
        if both:
            witness = shared[(both & -both).bit_length() - 1][0]
            yield one, other, {name: value for name, value in witness.items() if name in spoken[one] | spoken[other]}


def _overlap(rows: Rows | None, pair: tuple[int, int]) -> tuple[int, int, Witness] | None:
    witness = next((row for row, found in rows or () if all(found[n] is True for n in pair)), None)
    return None if witness is None else (*pair, witness)


def _gap(rows: Rows | None) -> Witness | None:
    return next((row for row, found in rows or () if all(outcome is False for outcome in found.values())), None)

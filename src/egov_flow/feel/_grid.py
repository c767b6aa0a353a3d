# SPDX-License-Identifier: Apache-2.0
"""Conditions evaluated at every sample of the variables that they speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

import attrs

from egov_flow.data import Context, Value
from egov_flow.errors import FeelError
from egov_flow.feel._atoms import Atom, Path, Undecided, atoms
from egov_flow.feel._compiler import Compiler
from egov_flow.feel._nodes import Node
from egov_flow.feel._rules import RULES
from egov_flow.feel._samples import samples
from egov_flow.feel.domains import Domain
from egov_flow.feel.limits import Limits, Run

__all__ = ["Grid", "Rows", "Witness", "variables"]

MOST_SAMPLES = 4_096
MOST_ATOMS = 500
MOST_EVALUATIONS = 100_000
"""What one grid may cost in all, about a second: a diagram's conditions are those of somebody whom nobody knows."""
_LIMITS = Limits(fuel=10_000)
_UNKNOWN = Domain()
Witness = Mapping[str, Value]
"""Variable, or path of a context's entry → value."""
Rows = list[tuple[Witness, dict[int, Value]]]


@attrs.define
class Grid:
    """All samples of the variables that some conditions speak of; `left` evaluations may still be made."""

    domains: Mapping[str, Domain]
    left: int = MOST_EVALUATIONS

    def rows(self, nodes: Mapping[int, Node]) -> Rows | None:
        """Return for each sample what each condition gives; None if one does anything else than compare, or if there are too many samples."""
        try:
            axes = self._axes([atom for node in nodes.values() for atom in atoms(node)])
        except (Undecided, FeelError):
            return None
        count = prod(map(len, axes.values()))
        if count > MOST_SAMPLES or count * len(nodes) > self.left:
            return None
        self.left -= count * len(nodes)
        compiled = {n: Compiler(RULES, frozenset(), lambda *_: None).build(node) for n, node in nodes.items()}
        rows: Rows = []
        for values in product(*axes.values()):
            scope = _scope(zip(axes, values, strict=True))
            try:
                outcome = {n: closure(scope, Run(_LIMITS, None)) for n, closure in compiled.items()}
            except FeelError:
                return None
            rows.append(({".".join(path): value for path, value in zip(axes, values, strict=True)}, outcome))
        return rows

    def _axes(self, found: list[Atom]) -> dict[Path, list[Value]]:
        if len(found) > MOST_ATOMS:
            raise Undecided
        groups = _linked(found)
        axes: dict[Path, list[Value]] = {}
        for paths in groups:
            own = [atom for atom in found if atom.path in paths]
            constants = [value for atom in own for value in atom.constants]
            is_ordered = any(atom.is_ordered for atom in own)
            for path in sorted(paths):
                # Variables that are compared with each other need the same points, and room for each order between them.
                ends = [e for p in paths if p != path for e in _ends(self._domain(p))]
                axes[path] = samples([*constants, *ends], self._domain(path), is_ordered=is_ordered, times=len(paths))
        if not all(axes.values()) or any(a != b and a == b[: len(a)] for a in axes for b in axes):
            raise Undecided
        return dict(sorted(axes.items()))

    def _domain(self, path: Path) -> Domain:
        found = self.domains.get(path[0], _UNKNOWN)
        for key in path[1:]:
            found = found.entries.get(key, _UNKNOWN)
        return found


def variables(node: Node) -> frozenset[str]:
    """Return the variables, or paths of contexts' entries, that a condition compares, as a witness names them."""
    return frozenset(".".join(path) for atom in atoms(node) for path in (atom.path, *atom.others))


def _ends(domain: Domain) -> Iterator[Value]:
    yield from domain.values
    yield from (end for end in (domain.low, domain.high) if end is not None)


def _linked(found: list[Atom]) -> list[set[Path]]:
    """Return the variables in groups that are compared with each other."""
    groups: list[set[Path]] = []
    for atom in found:
        together = {atom.path, *atom.others}
        apart = []
        for group in groups:
            if group & together:
                together |= group
            else:
                apart.append(group)
        groups = [*apart, together]
    return groups


def _scope(values: Iterator[tuple[Path, Value]]) -> Context:
    """Return the variables of a sample; a path makes contexts."""
    tree: dict[str, object] = {}
    for path, value in values:
        place = tree
        for key in path[:-1]:
            inner = place.setdefault(key, {})
            assert isinstance(inner, dict)
            place = inner
        place[path[-1]] = value
    return _frozen(tree)


def _frozen(tree: dict[str, object]) -> Context:
    return Context(
        {key: _frozen(value) if isinstance(value, dict) and not isinstance(value, Context) else value for key, value in tree.items()}
    )

# SPDX-License-Identifier: Apache-2.0
"""Closures of for, some and every."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator as Steps
from datetime import date, timedelta
from decimal import Decimal

import attrs

from egov_flow.data import Value
from egov_flow.feel._compiler import Closure, Compiler, Rule
from egov_flow.feel._failures import At
from egov_flow.feel._kinds import Range
from egov_flow.feel._nodes import For, Iterator, Quantified
from egov_flow.feel._numbers import integer
from egov_flow.feel._scopes import Layer, Scope
from egov_flow.feel.limits import Run

__all__ = ["RULES"]


@attrs.frozen
class _Source:
    """One compiled iterator: where its items come from."""

    name: str
    source: Closure
    end: Closure | None
    at: At

    def items(self, scope: Scope, run: Run) -> Iterable[Value] | None:
        """Return the items; None if there is nothing to go through."""
        value = self.source(scope, run)
        if self.end is not None:
            return _between(value, self.end(scope, run))
        if type(value) is tuple:
            return value
        if type(value) is Range:
            return _inside(value)
        return None if value is None else (value,)


def _between(start: Value, end: Value) -> Iterable[Value] | None:
    """`1..3` goes up, `3..1` down; whole numbers or dates."""
    if type(start) is not type(end):
        return None
    if type(start) is Decimal:
        first, last = integer(start), integer(end)
        if first is None or last is None:
            return None
        return map(Decimal, range(first, last + 1) if first <= last else range(first, last - 1, -1))
    return _days(start, end) if type(start) is date else None


def _days(start: date, end: date) -> Iterable[date]:
    step = 1 if start <= end else -1
    return (start + timedelta(days=count * step) for count in range(abs((end - start).days) + 1))


def _inside(members: Range) -> Iterable[Value] | None:
    """A range value goes up, without its open ends."""
    items = _between(members.low, members.high)
    if items is None or members.low > members.high:
        return None
    return (item for item in items if (members.low_closed or item != members.low) and (members.high_closed or item != members.high))


def _sources(compiler: Compiler, iterators: tuple[Iterator, ...]) -> tuple[list[_Source], tuple[str, ...]]:
    sources: list[_Source] = []
    names: tuple[str, ...] = ()
    for iterator in iterators:
        source = compiler.build_within(iterator.source, names)
        end = compiler.build_within(iterator.end, names) if iterator.end is not None else None
        sources.append(_Source(iterator.name, source, end, iterator.at))
        names = (*names, iterator.name)
    return sources, names


class _NothingToGoThrough(Exception):
    """A source is null or of a kind that has no items."""


def _steps(sources: list[_Source], scope: Scope, run: Run, cost: int) -> Steps[Layer]:
    """Yield the scope of every turn; the last iterator turns fastest."""
    first, rest = sources[0], sources[1:]
    items = first.items(scope, run)
    if items is None:
        raise _NothingToGoThrough
    for item in items:
        run.spend(cost, first.at)
        layer = Layer({first.name: item}, scope)
        if rest:
            yield from _steps(rest, layer, run, cost)
        else:
            yield layer


def _for(compiler: Compiler, node: For) -> Closure:
    sources, names = _sources(compiler, node.iterators)
    before = compiler.partial
    body, cost = compiler.build_step(node.body, (*names, "partial"))
    uses_partial, at = compiler.partial > before, node.at

    def loop(scope: Scope, run: Run) -> Value:
        results: list[Value] = []
        try:
            for layer in _steps(sources, scope, run, cost):
                if uses_partial:
                    run.spend(len(results) >> 4, at)
                    layer.names["partial"] = tuple(results)
                results.append(body(layer, run))
        except _NothingToGoThrough:
            return None
        return tuple(results)

    return loop


def _quantified(compiler: Compiler, node: Quantified) -> Closure:
    sources, names = _sources(compiler, node.iterators)
    body, cost = compiler.build_step(node.body, names)
    decides = node.kind == "some"

    def loop(scope: Scope, run: Run) -> Value:
        outcome: bool | None = not decides
        try:
            for layer in _steps(sources, scope, run, cost):
                value = body(layer, run)
                if value is decides:
                    return decides
                if value is not (not decides):
                    outcome = None
        except _NothingToGoThrough:
            return None
        return outcome

    return loop


RULES: dict[type, Rule] = {For: _for, Quantified: _quantified}

# SPDX-License-Identifier: Apache-2.0
"""One value for each case that conditions can tell apart: the constants that a variable is compared with, one between each two, one outside.

Conditions of `_atoms` are constant between those points, so that what holds at the samples holds everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from egov_flow.data import Value
from egov_flow.feel._atoms import Undecided
from egov_flow.feel._numbers import NUMBERS, ceiling_of, floor_of
from egov_flow.feel.domains import Domain

__all__ = ["samples"]

_OTHERS = ("other", "another", "something else", "neither")
_DAY = timedelta(days=1)


def samples(constants: Iterable[Value], domain: Domain, *, is_ordered: bool, times: int) -> list[Value]:
    """Return the samples of one variable; raises Undecided for constants of several kinds, or of one that has no such samples.

    Args:
        times: how many values each interval must give: as many as variables are compared with each other.
    """
    found = set(constants)
    absent = [None] if None in found else []
    found.discard(None)
    kinds = {type(value) for value in found}
    if len(kinds) > 1:
        raise Undecided
    if domain.values and not (is_ordered and kinds <= {str}):
        return [*domain.values, *(v for v in absent if v not in domain.values)]
    kind = next(iter(kinds), _KINDS.get(domain.type.name))
    if kind is None and absent and times == 1:
        return [None, _OTHERS[0]]
    if kind is bool:
        return [True, False, *absent]
    if kind is str:
        return [*_texts(found, times, is_ordered=is_ordered), *absent]
    if kind is Decimal:
        return [*_numbers(found, domain, times), *absent]
    if kind in (date, datetime, timedelta) and times == 1:
        return [*_spread(found, _STEPS[kind], lambda a, b: a + (b - a) / 2 if kind is not date else a + (b - a) // 2), *absent]
    raise Undecided


_KINDS: dict[str, type] = {"boolean": bool, "string": str, "number": Decimal}
_STEPS: dict[type, Callable[[Any, int], Any]] = {
    date: lambda value, sign: value + sign * _DAY,
    datetime: lambda value, sign: value + sign * _DAY,
    timedelta: lambda value, sign: value + sign * _DAY,
}


def _texts(found: set[Value], times: int, *, is_ordered: bool) -> list[Value]:
    if is_ordered:
        raise Undecided  # between two texts lie others that nobody would understand as an example
    others = [text for text in _OTHERS if text not in found][:times]
    return [*sorted(found), *others]


def _spread(found: set[Value], step: Callable[[Value, int], Value], middle: Callable[[Value, Value], Value]) -> list[Value]:
    try:
        ordered = sorted(found)
        between = [middle(a, b) for a, b in pairwise(ordered)]
        ends = [step(ordered[0], -1), step(ordered[-1], 1)] if ordered else []
    except (TypeError, OverflowError) as cause:  # with and without zone, or at the end of the calendar
        raise Undecided from cause
    return list(dict.fromkeys([*ordered, *between, *ends]))


def _numbers(found: set[Value], domain: Domain, times: int) -> list[Value]:
    points = sorted({*found, *(end for end in (domain.low, domain.high) if end is not None)}) or [Decimal(0)]
    made: list[Value] = list(points)
    for low, high in pairwise(points):
        made += _inside(low, high, domain, times)
    made += [NUMBERS.add(floor_of(points[-1]), Decimal(k + 1)) for k in range(times)]
    made += [NUMBERS.subtract(ceiling_of(points[0]), Decimal(k + 1)) for k in range(times)]
    return [value for value in dict.fromkeys(made) if domain.admits(value)]


def _inside(low: Decimal, high: Decimal, domain: Domain, times: int) -> list[Value]:
    """Return so many numbers between two, whole ones if there are."""
    first, last = NUMBERS.add(floor_of(low), Decimal(1)), NUMBERS.subtract(ceiling_of(high), Decimal(1))
    count = NUMBERS.subtract(last, first)
    if count >= times - 1:
        step = floor_of(NUMBERS.divide(count, Decimal(times + 1)))
        start = NUMBERS.add(first, step)
        return [NUMBERS.add(start, NUMBERS.multiply(max(step, Decimal(1)), Decimal(k))) for k in range(times)]
    if domain.is_whole:
        return [NUMBERS.add(first, Decimal(k)) for k in range(int(count) + 1)] if count >= 0 else []
    width = NUMBERS.divide(NUMBERS.subtract(high, low), Decimal(times + 1))
    return [NUMBERS.add(low, NUMBERS.multiply(width, Decimal(k + 1))) for k in range(times)]

# SPDX-License-Identifier: Apache-2.0
"""Functions that make one value of a list: min, sum, mean, all, any … (DMN 1.5 tables 73 and 75)."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal

from egov_flow.data import Value
from egov_flow.feel._failures import START
from egov_flow.feel._numbers import NUMBERS
from egov_flow.feel._operators import all_of, any_of, compare, equal, negated
from egov_flow.feel.functions._signature import Registry
from egov_flow.feel.limits import Run

__all__ = ["AGGREGATES"]

AGGREGATES = Registry()
Members = tuple[Value, ...]


def _best(members: Members, op: Callable[[Value, Value], bool]) -> Value:
    if not members:
        return None
    best = members[0]
    if compare(operator.le, best, best) is None:
        return None
    for member in members[1:]:
        wins = compare(op, member, best)
        if wins is None:
            return None
        if wins:
            best = member
    return best


def _numbers(members: Members) -> bool:
    return bool(members) and all(type(m) is Decimal for m in members)


def _total(members: Members) -> Decimal:
    total = Decimal(0)
    for member in members:
        total = NUMBERS.add(total, member)
    return total


@AGGREGATES("min(list…: list) -> Any")
def _min(members: Members) -> Value:
    return _best(members, operator.lt)


@AGGREGATES("max(list…: list) -> Any")
def _max(members: Members) -> Value:
    return _best(members, operator.gt)


@AGGREGATES("sum(list…: list) -> number")
def _sum(members: Members) -> Decimal | None:
    return _total(members) if _numbers(members) else None


@AGGREGATES("product(list…: list) -> number")
def _product(members: Members) -> Decimal | None:
    if not _numbers(members):
        return None
    product = Decimal(1)
    for member in members:
        product = NUMBERS.multiply(product, member)
    return product


@AGGREGATES("mean(list…: list) -> number")
def _mean(members: Members) -> Decimal | None:
    return NUMBERS.divide(_total(members), Decimal(len(members))) if _numbers(members) else None


@AGGREGATES("median(list…: list) -> number")
def _median(members: Members) -> Decimal | None:
    if not _numbers(members):
        return None
    ordered = sorted(members)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]  # type: ignore[no-any-return]
    return NUMBERS.divide(NUMBERS.add(ordered[middle - 1], ordered[middle]), Decimal(2))


@AGGREGATES("stddev(list…: list) -> number")
def _stddev(members: Members) -> Decimal | None:
    if not _numbers(members) or len(members) < 2:
        return None
    mean = NUMBERS.divide(_total(members), Decimal(len(members)))
    squares = tuple(NUMBERS.power(NUMBERS.subtract(m, mean), Decimal(2)) for m in members)
    return NUMBERS.sqrt(NUMBERS.divide(_total(squares), Decimal(len(members) - 1)))


@AGGREGATES("mode(list…: list) -> list<number>")
def _mode(members: Members) -> Members | None:
    if not all(type(m) is Decimal for m in members):
        return None
    counts: dict[Decimal, int] = {}
    for member in members:
        counts[member] = counts.get(member, 0) + 1
    most = max(counts.values(), default=0)
    return tuple(sorted(m for m, count in counts.items() if count == most))


@AGGREGATES("all(list…: list) -> boolean")
def _all(members: Members) -> bool | None:
    return all_of(members)


@AGGREGATES("any(list…: list) -> boolean")
def _any(members: Members) -> bool | None:
    return any_of(members)


@AGGREGATES("not(negand: any) -> boolean")
def _not(negand: Value) -> bool | None:
    return negated(negand)


@AGGREGATES("is(value1: any, value2: any) -> boolean", wants_run=True)
def _is(run: Run, left: Value, right: Value) -> bool:
    zones = (getattr(left, "tzinfo", None), getattr(right, "tzinfo", None))
    return type(left) is type(right) and zones[0] == zones[1] and equal(left, right, run, START) is True

# SPDX-License-Identifier: Apache-2.0
"""List functions (DMN 1.5 table 75). Positions count from 1; a negative one counts from the end."""

from __future__ import annotations

import functools
from decimal import ROUND_DOWN, Decimal

from egov_flow.data import Value
from egov_flow.feel._compile_paths import call_function
from egov_flow.feel._failures import START
from egov_flow.feel._kinds import Function
from egov_flow.feel._numbers import integer
from egov_flow.feel._operators import equal
from egov_flow.feel.functions._signature import Registry
from egov_flow.feel.limits import Run

__all__ = ["LISTS"]

LISTS = Registry()
Members = tuple[Value, ...]


def _has(members: Members | list[Value], element: Value, run: Run) -> bool:
    run.spend(1 + (len(members) >> 2), START)
    return any(equal(member, element, run, START) is True for member in members)


def _place(position: Decimal, length: int) -> int | None:
    """Return the index of a position, from 0; None if the list has no such place."""
    place = integer(position)
    if not place or abs(place) > length:
        return None
    return place - 1 if place > 0 else length + place


@LISTS("list contains(list: list, element: any) -> boolean", wants_run=True)
def _contains(run: Run, members: Members, element: Value) -> bool:
    return _has(members, element, run)


@LISTS("count(list: list) -> number")
def _count(members: Members) -> Decimal:
    return Decimal(len(members))


@LISTS("sublist(list: list, start position: number, length?: number) -> list")
def _sublist(members: Members, start: Decimal, length: Decimal | None) -> Members | None:
    first = _place(start, len(members))
    if first is None:
        return None
    if length is None:
        return members[first:]
    count = integer(length)
    if count is None or count < 1 or first + count > len(members):
        return None
    return members[first : first + count]


@LISTS("append(list: list, item*: any) -> list")
def _append(members: Members, items: Members) -> Members:
    return members + items


@LISTS("concatenate(list*: any) -> list", wants_run=True)
def _concatenate(run: Run, lists: Members) -> Members | None:
    joined: list[Value] = []
    for members in lists:
        if members is None:
            return None
        joined.extend(members if type(members) is tuple else (members,))
        run.check_size(8 * len(joined), START)
    return tuple(joined)


@LISTS("insert before(list: list, position: number, newItem: any) -> list")
def _insert(members: Members, position: Decimal, item: Value) -> Members | None:
    place = _place(position, len(members))
    return None if place is None else (*members[:place], item, *members[place:])


@LISTS("remove(list: list, position: number) -> list")
def _remove(members: Members, position: Decimal) -> Members | None:
    place = _place(position, len(members))
    return None if place is None else members[:place] + members[place + 1 :]


@LISTS("list replace(list: list, position: number, newItem: any) -> list", wants_run=True)
@LISTS("list replace(list: list, match: function, newItem: any) -> list", wants_run=True)
def _list_replace(run: Run, members: Members, where: Decimal | Function, item: Value) -> Members | None:
    if isinstance(where, Decimal):
        place = _place(where.to_integral_value(ROUND_DOWN), len(members))
        return None if place is None else (*members[:place], item, *members[place + 1 :])
    replaced: list[Value] = []
    for member in members:
        outcome = call_function(where, [member, item], (), run, START)
        if type(outcome) is not bool:
            return None
        replaced.append(item if outcome else member)
    return tuple(replaced)


@LISTS("reverse(list: list) -> list")
def _reverse(members: Members) -> Members:
    return members[::-1]


@LISTS("index of(list: list, match: any) -> list<number>", wants_run=True)
def _index_of(run: Run, members: Members, match: Value) -> Members:
    run.spend(len(members) >> 2, START)
    return tuple(Decimal(i + 1) for i, member in enumerate(members) if equal(member, match, run, START) is True)


@LISTS("distinct values(list: list) -> list", wants_run=True)
def _distinct(run: Run, members: Members) -> Members:
    kept: list[Value] = []
    seen: set[tuple[type, Value]] = set()
    for member in members:
        if type(member) in (Decimal, str, bool):
            run.spend(len(member) >> 10 if type(member) is str else 0, START)
            key = (type(member), member)
            new = key not in seen
            seen.add(key)
        else:
            new = not _has(kept, member, run)
        if new:
            kept.append(member)
    return tuple(kept)


@LISTS("union(list*: any) -> list", wants_run=True)
def _union(run: Run, lists: Members) -> Members | None:
    joined = _concatenate(run, lists)
    return None if joined is None else _distinct(run, joined)


@LISTS("flatten(list: list) -> list", wants_run=True)
def _flatten(run: Run, members: Members) -> Members:
    flat: list[Value] = []
    pending = list(reversed(members))
    while pending:
        run.spend(1, START)
        member = pending.pop()
        if type(member) is tuple:
            pending.extend(reversed(member))
        else:
            flat.append(member)
    return tuple(flat)


@LISTS("sort(list: list, precedes: function) -> list", wants_run=True)
def _sort(run: Run, members: Members, precedes: Function) -> Members | None:
    if len(precedes.parameters) != 2:
        return None

    def order(left: Value, right: Value) -> int:
        if call_function(precedes, [left, right], (), run, START) is True:
            return -1
        return 1 if call_function(precedes, [right, left], (), run, START) is True else 0

    return tuple(sorted(members, key=functools.cmp_to_key(order)))

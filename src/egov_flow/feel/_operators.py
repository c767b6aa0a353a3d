# SPDX-License-Identifier: Apache-2.0
"""Equality and order (DMN 1.5 tables 51–53). Values of two kinds give null, never false."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

from egov_flow.data import Context, Value, YearMonthDuration
from egov_flow.feel._failures import START, At, fail
from egov_flow.feel._kinds import Range, kind_of
from egov_flow.feel._wide_arithmetic import comparable, is_wide
from egov_flow.feel.limits import Run

__all__ = ["COMPARERS", "all_of", "any_of", "compare", "contains", "equal", "negated", "on_one_line"]

_PLAIN = frozenset([Decimal, str, bool, date, timedelta, YearMonthDuration])
_ORDERED = frozenset([Decimal, str, date, timedelta, YearMonthDuration])
_LONG = 4096
_LONGEST_ORDERED = 65_536

COMPARERS: dict[str, Callable[[Value, Value], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def equal(left: Value, right: Value, run: Run, at: At) -> bool | None:
    """Return whether two values are equal; null if their kinds differ and neither is null."""
    kind = type(left)
    if kind is not type(right):
        return False if left is None or right is None else _equal_wide(left, right)
    if kind in _PLAIN or left is None:
        if kind is str and len(left) > _LONG:
            run.spend(len(left) >> 10, at)
        return bool(left == right)
    if kind is tuple:
        return _equal_lists(left, right, run, at)
    if kind is Context:
        return _equal_contexts(left, right, run, at)
    if kind is Range:
        return _equal_ranges(left, right, run, at)
    if kind is datetime or kind is time:
        pair = on_one_line(left, right)
        return False if pair is None else bool(pair[0] == pair[1])
    return _equal_wide(left, right)


def _equal_wide(left: Value, right: Value) -> bool | None:
    if kind_of(left) != kind_of(right) or not (is_wide(left) or is_wide(right)):
        return None
    pair = comparable(left, right)
    return False if pair is None else pair[0] == pair[1]


def _equal_lists(left: tuple[Value, ...], right: tuple[Value, ...], run: Run, at: At) -> bool:
    if len(left) != len(right):
        return False
    run.spend(len(left), at)
    return all(equal(a, b, run, at) is True for a, b in zip(left, right, strict=True))


def _equal_contexts(left: Context, right: Context, run: Run, at: At) -> bool:
    if left.keys() != right.keys():
        return False
    run.spend(len(left), at)
    return all(equal(value, right[key], run, at) is True for key, value in left.items())


def _equal_ranges(left: Range, right: Range, run: Run, at: At) -> bool:
    return (
        left.low_closed == right.low_closed
        and left.high_closed == right.high_closed
        and equal(left.low, right.low, run, at) is True
        and equal(left.high, right.high, run, at) is True
    )


def on_one_line(left: datetime | time, right: datetime | time) -> tuple[datetime | time, datetime | time] | None:
    """Return two moments in a form that can be compared and subtracted; None if one has a zone and the other has none.

    Python compares two moments of one zone by their clocks, which is wrong in the hour that is repeated when clocks change.
    """
    if left.tzinfo is None and right.tzinfo is None:
        return left, right
    if left.tzinfo is None or right.tzinfo is None:
        return None
    if isinstance(left, datetime) and isinstance(right, datetime):
        return _at_fixed_offset(left), _at_fixed_offset(right)
    if isinstance(left.tzinfo, ZoneInfo) or isinstance(right.tzinfo, ZoneInfo):
        # The offset of a named zone depends on the day, which a time alone has not.
        same = isinstance(left.tzinfo, ZoneInfo) and isinstance(right.tzinfo, ZoneInfo) and left.tzinfo.key == right.tzinfo.key
        return (left.replace(tzinfo=None), right.replace(tzinfo=None)) if same else None
    return left, right


def _at_fixed_offset(moment: datetime) -> datetime:
    # Not astimezone(UTC): that would leave the calendar at its first and last day.
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta(0)), fold=0)


def compare(op: Callable[[Value, Value], bool], left: Value, right: Value) -> bool | None:
    """Return the outcome of an order operator; null unless both values are of one ordered kind."""
    kind = type(left)
    if kind is not type(right):
        return _compare_wide(op, left, right)
    if kind in _ORDERED:
        if kind is str and len(left) > _LONGEST_ORDERED and len(right) > _LONGEST_ORDERED:
            raise fail("EF-F011", START, limit=_LONGEST_ORDERED)  # no fuel is counted here, so the work must be small
        return op(left, right)
    if kind is datetime or kind is time:
        pair = on_one_line(left, right)
        return None if pair is None else op(*pair)
    return _compare_wide(op, left, right)


def _compare_wide(op: Callable[[Value, Value], bool], left: Value, right: Value) -> bool | None:
    pair = comparable(left, right) if is_wide(left) or is_wide(right) else None
    return None if pair is None else op(*pair)


def contains(members: Range, value: Value) -> bool | None:
    """Return whether a value lies in a range; null if it cannot be compared with its ends."""
    low = True if members.low is None else compare(operator.le if members.low_closed else operator.lt, members.low, value)
    high = True if members.high is None else compare(operator.le if members.high_closed else operator.lt, value, members.high)
    return all_of((low, high))


def all_of(outcomes: tuple[Value, ...] | list[Value]) -> bool | None:
    """Return the three-valued `and`: false if one is false, null if one is not true, else true."""
    if any(o is False for o in outcomes):
        return False
    return True if all(o is True for o in outcomes) else None


def any_of(outcomes: tuple[Value, ...] | list[Value]) -> bool | None:
    """Return the three-valued `or`."""
    if any(o is True for o in outcomes):
        return True
    return False if all(o is False for o in outcomes) else None


def negated(outcome: Value) -> bool | None:
    """Return the three-valued `not`."""
    return not outcome if type(outcome) is bool else None

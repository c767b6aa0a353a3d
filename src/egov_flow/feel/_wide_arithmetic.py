# SPDX-License-Identifier: Apache-2.0
"""Order and arithmetic of times that are too far or too fine for Python's types; the same tables as those of the others."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from zoneinfo import ZoneInfo

from egov_flow.data import Value, YearMonthDuration
from egov_flow.feel._numbers import NUMBERS
from egov_flow.feel._wide import (
    DAY,
    WIDE,
    WideDate,
    WideMoment,
    WideTime,
    at_instant,
    clock_of,
    date_from,
    days_of,
    duration_from,
    instant,
    moment_from,
    nanos_of,
    near,
    time_from,
)

__all__ = ["comparable", "is_wide", "wide_apply", "wide_date"]

Operation = Callable[[Value, Value], Value]
_FAMILIES: dict[type, type] = {**{kind: kind for kind in (date, time, datetime, timedelta)}, **WIDE}
_EXACT = Context(prec=60)
"""Nanoseconds of two thousand million years have 26 digits; times 34 more."""


def is_wide(value: Value) -> bool:
    """Say whether a value is too far or too fine for Python's types."""
    return type(value) in WIDE


def comparable(left: Value, right: Value) -> tuple[int, int] | None:
    """Return two times of one FEEL type as numbers in their order; None if they have no order, as when only one has a zone."""
    family = _FAMILIES.get(type(left))
    if family is None or family is not _FAMILIES.get(type(right)):
        return None
    if family is date:
        return days_of(left), days_of(right)
    if family is timedelta:
        return nanos_of(left), nanos_of(right)
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    if family is datetime:
        return instant(left), instant(right)
    return _clocks(left, right)


def _clocks(left: time | WideTime, right: time | WideTime) -> tuple[int, int] | None:
    one, other = left.tzinfo, right.tzinfo
    if isinstance(one, ZoneInfo) or isinstance(other, ZoneInfo):
        same = isinstance(one, ZoneInfo) and isinstance(other, ZoneInfo) and one.key == other.key
        return (clock_of(left), clock_of(right)) if same else None
    return _universal(left), _universal(right)


def _universal(clock: time | WideTime) -> int:
    return clock_of(clock) - nanos_of(clock.utcoffset() or timedelta(0))


def wide_date(year: int, month: int, day: int) -> date | WideDate | None:
    """Return the date of any year; None if there is no such day; raises OverflowError beyond the year ±999,999,999."""
    cycles, place = divmod(year - 2000, 400)
    try:
        return date_from(date(2000 + place, month, day).toordinal() + cycles * 146_097)
    except ValueError:
        return None


def wide_apply(op: str, left: Value, right: Value) -> Value:
    """Return `left op right` if one of them, or the result, is too far or too fine for Python's types; null if it has no value.

    Raises:
        OverflowError: the result is beyond the year ±999,999,999.
    """
    kinds = (_FAMILIES.get(type(left), type(left)), _FAMILIES.get(type(right), type(right)))
    operation = _TABLE.get((op, *kinds))
    return operation(left, right) if operation else None


def _move_date(day: Value, nanos: int) -> Value:
    return date_from(days_of(day) + nanos // DAY)


def _months_later(day: Value, months: int) -> int:
    """Return the days of the date so many months later; a day that the month has not becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = wide_date(year, month + 1, 1)
    if first is None:
        raise OverflowError("year")
    last: int = calendar.monthrange(near(first).year, month + 1)[1]
    return days_of(first) + min(int(day.day), last) - 1


def _move_months(moment: Value, months: int) -> Value:
    days = _months_later(moment, months)
    if isinstance(moment, datetime | WideMoment):
        return moment_from(days, clock_of(moment), moment.tzinfo, moment.fold)
    return date_from(days)


def _move_moment(moment: Value, nanos: int) -> Value:
    return at_instant(instant(moment) + nanos, moment.tzinfo)


def _move_time(clock: Value, nanos: int) -> Value:
    return time_from((clock_of(clock) + nanos) % DAY, clock.tzinfo)


def _between(left: Value, right: Value) -> Value:
    pair = comparable(left, right)
    if pair is None:
        return None
    factor = DAY if isinstance(left, WideDate) or type(left) is date else 1
    return duration_from((pair[0] - pair[1]) * factor)


def _midnight(day: Value) -> Value:
    return moment_from(days_of(day), 0, UTC)


def _scaled(duration: Value, factor: Decimal) -> Value:
    return duration_from(int(_EXACT.multiply(Decimal(nanos_of(duration)), factor).to_integral_value(ROUND_HALF_EVEN)))


def _shared(duration: Value, divisor: Decimal) -> Value:
    return duration_from(int(_EXACT.divide(Decimal(nanos_of(duration)), divisor).to_integral_value(ROUND_HALF_EVEN)))


_TABLE: dict[tuple[str, type, type], Operation] = {
    ("+", date, timedelta): lambda a, b: _move_date(a, nanos_of(b)),
    ("+", date, YearMonthDuration): lambda a, b: _move_months(a, b.months),
    ("+", datetime, timedelta): lambda a, b: _move_moment(a, nanos_of(b)),
    ("+", datetime, YearMonthDuration): lambda a, b: _move_months(a, b.months),
    ("+", time, timedelta): lambda a, b: _move_time(a, nanos_of(b)),
    ("+", timedelta, timedelta): lambda a, b: duration_from(nanos_of(a) + nanos_of(b)),
    ("-", date, timedelta): lambda a, b: _move_date(a, -nanos_of(b)),
    ("-", date, YearMonthDuration): lambda a, b: _move_months(a, -b.months),
    ("-", datetime, timedelta): lambda a, b: _move_moment(a, -nanos_of(b)),
    ("-", datetime, YearMonthDuration): lambda a, b: _move_months(a, -b.months),
    ("-", time, timedelta): lambda a, b: _move_time(a, -nanos_of(b)),
    ("-", timedelta, timedelta): lambda a, b: duration_from(nanos_of(a) - nanos_of(b)),
    ("-", date, date): _between,
    ("-", datetime, datetime): _between,
    ("-", time, time): _between,
    ("-", date, datetime): lambda a, b: _between(_midnight(a), b),
    ("-", datetime, date): lambda a, b: _between(a, _midnight(b)),
    ("*", timedelta, Decimal): _scaled,
    ("*", Decimal, timedelta): lambda a, b: _scaled(b, a),
    ("/", timedelta, Decimal): _shared,
    ("/", timedelta, timedelta): lambda a, b: NUMBERS.divide(Decimal(nanos_of(a)), Decimal(nanos_of(b))),
}


def _turned(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


_TABLE |= {("+", right, left): _turned(operation) for (op, left, right), operation in _TABLE.items() if op == "+"}

# SPDX-License-Identifier: Apache-2.0
"""Arithmetic on numbers, strings and times (DMN 1.5 §10.3.2.5, tables 54–58). A pair of kinds that has no result gives null."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal, DecimalException

from egov_flow.data import Value, YearMonthDuration
from egov_flow.feel._failures import At
from egov_flow.feel._numbers import NUMBERS
from egov_flow.feel._operators import on_one_line
from egov_flow.feel._wide import WideDuration, duration_from, nanos_of
from egov_flow.feel._wide_arithmetic import is_wide, wide_apply
from egov_flow.feel.durations import add_months, months_duration, shift
from egov_flow.feel.limits import Run

__all__ = ["ARITHMETIC", "apply", "negate"]

Operation = Callable[[Value, Value], Value]
_POWER_COST, _OTHER_COST = 48, 2
"""Numbers are added and multiplied without fuel of their own: the turns of a loop pay for it."""
_MICRO = timedelta(microseconds=1)


def apply(op: str, left: Value, right: Value, run: Run, at: At) -> Value:
    """Return `left op right`; null if it has no value, or none that 34 digits and the calendar hold."""
    if type(left) is str:
        return _joined(left, right, run, at) if op == "+" and type(right) is str else None
    run.spend(_POWER_COST if op == "**" else _OTHER_COST, at)
    operation = ARITHMETIC[op].get((type(left), type(right)))
    try:
        if operation is None:
            return wide_apply(op, left, right) if is_wide(left) or is_wide(right) else None
        return operation(left, right)
    except OverflowError:
        return _beyond(op, left, right)
    except (DecimalException, ZeroDivisionError):
        return None


def _beyond(op: str, left: Value, right: Value) -> Value:
    """Return the result that Python's dates and durations cannot hold; null if not even FEEL's can."""
    try:
        return wide_apply(op, left, right)
    except (DecimalException, OverflowError):
        return None


def negate(value: Value) -> Value:
    """Return `-value`; null if it is neither a number nor a duration."""
    if type(value) is Decimal:
        return NUMBERS.minus(value)
    if type(value) is YearMonthDuration:
        return YearMonthDuration(-value.months)
    if type(value) is timedelta:
        value = WideDuration(nanos_of(value))
    return duration_from(-value.nanos) if type(value) is WideDuration else None


def _joined(left: str, right: str, run: Run, at: At) -> str:
    size = len(left) + len(right)
    run.spend(size >> 8, at)
    run.check_size(size, at)
    return left + right


def _move_date(day: date, duration: timedelta) -> date:
    return day + duration


def _move_months(day: date, duration: YearMonthDuration) -> date:
    return add_months(day, duration.months)


def _move_moment_months(moment: datetime, duration: YearMonthDuration) -> datetime:
    return datetime.combine(add_months(moment.date(), duration.months), moment.timetz())


def _move_time(clock: time, duration: timedelta) -> time:
    moved = datetime.combine(date(2000, 1, 2), clock.replace(tzinfo=None)) + duration % timedelta(days=1)
    return moved.time().replace(tzinfo=clock.tzinfo)


def _between_moments(left: datetime, right: datetime) -> timedelta | None:
    pair = on_one_line(left, right)
    return None if pair is None else pair[0] - pair[1]  # type: ignore[operator]


def _between_times(left: time, right: time) -> timedelta | None:
    pair = on_one_line(left, right)
    if pair is None:
        return None
    day = date(2000, 1, 2)
    return datetime.combine(day, pair[0]) - datetime.combine(day, pair[1])  # type: ignore[arg-type]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _scaled_time(duration: timedelta, factor: Decimal) -> timedelta:
    return int(NUMBERS.multiply(Decimal(duration // _MICRO), factor).to_integral_value(ROUND_HALF_EVEN)) * _MICRO


def _shared_time(duration: timedelta, divisor: Decimal) -> timedelta:
    return int(NUMBERS.divide(Decimal(duration // _MICRO), divisor).to_integral_value(ROUND_HALF_EVEN)) * _MICRO


def _scaled_months(duration: YearMonthDuration, factor: Decimal) -> YearMonthDuration:
    return months_duration(int(NUMBERS.multiply(Decimal(duration.months), factor).to_integral_value(ROUND_DOWN)))


def _shared_months(duration: YearMonthDuration, divisor: Decimal) -> YearMonthDuration:
    return months_duration(int(NUMBERS.divide(Decimal(duration.months), divisor).to_integral_value(ROUND_DOWN)))


def _flip(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


_DAYS, _MONTHS = timedelta, YearMonthDuration

_ADD: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): NUMBERS.add,
    (date, _DAYS): _move_date,
    (date, _MONTHS): _move_months,
    (datetime, _DAYS): shift,
    (datetime, _MONTHS): _move_moment_months,
    (time, _DAYS): _move_time,
    (_DAYS, _DAYS): lambda a, b: a + b,
    (_MONTHS, _MONTHS): lambda a, b: months_duration(a.months + b.months),
}
_ADD |= {(right, left): _flip(operation) for (left, right), operation in _ADD.items() if left is not right}

_SUBTRACT: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): NUMBERS.subtract,
    (date, date): lambda a, b: a - b,
    (datetime, datetime): _between_moments,
    (date, datetime): lambda a, b: _between_moments(_midnight(a), b),
    (datetime, date): lambda a, b: _between_moments(a, _midnight(b)),
    (time, time): _between_times,
    (date, _DAYS): lambda a, b: _move_date(a, -b),
    (date, _MONTHS): lambda a, b: add_months(a, -b.months),
    (datetime, _DAYS): lambda a, b: shift(a, -b),
    (datetime, _MONTHS): lambda a, b: _move_moment_months(a, YearMonthDuration(-b.months)),
    (time, _DAYS): lambda a, b: _move_time(a, -b),
    (_DAYS, _DAYS): lambda a, b: a - b,
    (_MONTHS, _MONTHS): lambda a, b: months_duration(a.months - b.months),
}

_MULTIPLY: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): NUMBERS.multiply,
    (_DAYS, Decimal): _scaled_time,
    (_MONTHS, Decimal): _scaled_months,
    (Decimal, _DAYS): _flip(_scaled_time),
    (Decimal, _MONTHS): _flip(_scaled_months),
}

_DIVIDE: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): NUMBERS.divide,
    (_DAYS, Decimal): _shared_time,
    (_MONTHS, Decimal): _shared_months,
    (_DAYS, _DAYS): lambda a, b: NUMBERS.divide(Decimal(a // _MICRO), Decimal(b // _MICRO)),
    (_MONTHS, _MONTHS): lambda a, b: NUMBERS.divide(Decimal(a.months), Decimal(b.months)),
}

ARITHMETIC: dict[str, dict[tuple[type, type], Operation]] = {
    "+": _ADD,
    "-": _SUBTRACT,
    "*": _MULTIPLY,
    "/": _DIVIDE,
    "**": {(Decimal, Decimal): NUMBERS.power},
}

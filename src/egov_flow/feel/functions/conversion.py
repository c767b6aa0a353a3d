# SPDX-License-Identifier: Apache-2.0
"""Conversion functions (DMN 1.5 table 71)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from egov_flow.data import Value, YearMonthDuration
from egov_flow.feel._numbers import NUMBERS, integer
from egov_flow.feel._wide import SECOND, WideDate, WideDuration, WideMoment, WideTime, clock_of, date_from, days_of, moment_from, time_from
from egov_flow.feel._wide_arithmetic import wide_date
from egov_flow.feel._writing import text_of
from egov_flow.feel.durations import duration_of
from egov_flow.feel.functions._signature import Registry
from egov_flow.feel.limits import Run
from egov_flow.feel.moments import FARTHEST_ZONE, date_of, datetime_of, moment_of, offset_zone, time_of

__all__ = ["CONVERSION"]

CONVERSION = Registry()

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SEPARATORS = (None, " ", ",", ".")


@CONVERSION("date(from: string or date or date and time) -> date")
def _date(value: str | date | datetime | WideDate | WideMoment) -> date | WideDate | None:
    return date_of(value) if isinstance(value, str) else date_from(days_of(value))


@CONVERSION("date(year: number, month: number, day: number) -> date")
def _date_of_parts(year: Decimal, month: Decimal, day: Decimal) -> date | WideDate | None:
    y, m, d = integer(year), integer(month), integer(day)
    return None if y is None or m is None or d is None else wide_date(y, m, d)


@CONVERSION("date and time(from: string or date or date and time) -> date and time")
def _moment(value: str | date | datetime | WideDate | WideMoment) -> datetime | WideMoment | None:
    if isinstance(value, str):
        return datetime_of(value)
    return value if isinstance(value, datetime | WideMoment) else moment_from(days_of(value), 0, UTC)


@CONVERSION("date and time(date: date or date and time, time: time) -> date and time")
def _moment_of_parts(day: date | datetime | WideDate | WideMoment, clock: time | WideTime) -> datetime | WideMoment:
    return moment_of(date_from(days_of(day)), clock)


@CONVERSION("time(from: string or time or date and time or date) -> time")
def _time(value: str | time | datetime | date | WideTime | WideMoment | WideDate) -> time | WideTime | None:
    if isinstance(value, str):
        return time_of(value)
    if isinstance(value, time | WideTime):
        return value
    return time_from(clock_of(value), value.tzinfo) if isinstance(value, datetime | WideMoment) else time(tzinfo=UTC)


@CONVERSION("time(hour: number, minute: number, second: number, offset?: days and time duration) -> time")
def _time_of_parts(hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None) -> time | WideTime | None:
    hours, minutes, nanos = integer(hour), integer(minute), integer(NUMBERS.scaleb(second, Decimal(9)))
    if hours is None or minutes is None or nanos is None or not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= nanos < 60 * SECOND):
        return None
    if offset is not None and abs(offset) > FARTHEST_ZONE:
        return None
    return time_from((3600 * hours + 60 * minutes) * SECOND + nanos, None if offset is None else offset_zone(offset))


@CONVERSION("number(from: string, grouping separator?: string, decimal separator?: string) -> number")
def _number(text: str, grouping: str | None, point: str | None) -> Decimal | None:
    if grouping not in _SEPARATORS or point not in (None, ".", ",") or (grouping is not None and grouping == point):
        return None
    if grouping:
        text = text.replace(grouping, "")
    if point == ",":
        if "." in text:
            return None
        text = text.replace(",", ".")
    return NUMBERS.create_decimal(text) if len(text) < 7000 and _NUMBER.fullmatch(text) else None


@CONVERSION("string(from: any) -> string", wants_run=True)
def _string(run: Run, value: Value) -> str | None:
    return None if value is None else text_of(value, run)


@CONVERSION("duration(from: string or days and time duration or years and months duration) -> Any")
def _duration(value: str | timedelta | WideDuration | YearMonthDuration) -> timedelta | WideDuration | YearMonthDuration | None:
    return duration_of(value) if isinstance(value, str) else value


@CONVERSION("years and months duration(from: date or date and time, to: date or date and time) -> years and months duration")
def _months_between(start: date | WideDate | WideMoment, end: date | WideDate | WideMoment) -> YearMonthDuration:
    months = 12 * (end.year - start.year) + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return YearMonthDuration(months)

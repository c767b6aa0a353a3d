# SPDX-License-Identifier: Apache-2.0
"""Count a term of law: from a moment, an amount and a unit to the moment it ends, with every day accounted for.

The day on which a term begins is not counted. A term in days, weeks or months ends with its last day: `due` is the first instant of the day after,
in the zone of the procedure, so that it has expired when `now >= due`. A term in hours ends to the second. The last day of a term in calendar days,
weeks or months stays where it falls, also on a Sunday: whether it moves is a matter of each law, and a procedure whose law moves it counts working days.
A month ends on the day with the number of the first one, or on the month's last day where there is no such number.
"""

from __future__ import annotations

import calendar as months
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import attrs

from egov_flow.data import zone_named
from egov_flow.deadlines._days import CountedDay
from egov_flow.errors import InvalidData
from egov_flow.ports import Calendar

UNITS = ("working days", "calendar days", "weeks", "months", "hours")
MOST = {"working days": 10_000, "calendar days": 36_500, "weeks": 5_200, "months": 1_200, "hours": 876_000}
ONE_DAY = timedelta(days=1)
LONGEST_BREAK = 400


@attrs.frozen
class Reckoning:
    """The moment at which a term ends, and the line of each day that was counted or left out."""

    due: datetime
    days: tuple[str, ...] = ()


def due(amount: int, unit: str, start: datetime, calendar: Calendar, zone: str) -> Reckoning:
    """Return when a term that begins at `start` ends.

    Args:
        amount: how many, at least 1.
        unit: one of `UNITS`.
        start: an aware datetime; its day (in `zone`) is not counted.
        calendar: knows the working days.
        zone: IANA name of the zone in which days begin and end.

    Raises:
        InvalidData: amount, unit, start or zone is none, or the calendar has no working day for more than a year.
    """
    check_term(amount, unit)
    if unit == "hours":
        return Reckoning(_local(start, zone, timedelta(hours=amount)))
    last, days = advance(_local(start, zone).date(), amount, unit, calendar)
    return Reckoning(end_of(last, zone), tuple(map(str, days)))


def advance(day: date, amount: int, unit: str, calendar: Calendar, counted: int = 0) -> tuple[date, tuple[CountedDay, ...]]:
    """Return the last day of a term that begins after `day`, and its days numbered from `counted + 1`."""
    if unit == "working days":
        return _working_days(day, amount, calendar, counted)
    last = _months_later(day, amount) if unit == "months" else day + timedelta(days=amount * (7 if unit == "weeks" else 1))
    first = CountedDay(day + ONE_DAY, counted + 1)
    end = CountedDay(last, counted + (last - day).days, calendar.day(last).reason)
    return last, (first, end) if first.day < last else (end,)


def _working_days(day: date, amount: int, calendar: Calendar, counted: int) -> tuple[date, tuple[CountedDay, ...]]:
    days: list[CountedDay] = []
    left, idle = amount, 0
    while left:
        day += ONE_DAY
        seen = calendar.day(day)
        if seen.is_working:
            counted, left, idle = counted + 1, left - 1, 0
            days.append(CountedDay(day, counted))
            continue
        idle += 1
        if idle > LONGEST_BREAK:
            raise InvalidData("EF-T005", calendar=calendar.name, day=day)
        days.append(CountedDay(day, 0, seen.reason or "no working day"))
    return day, tuple(days)


def _months_later(day: date, amount: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def working_days_between(after: date, until: date, calendar: Calendar) -> int:
    """Return how many working days there are after one day up to and with another."""
    return sum(calendar.day(after + timedelta(days=n)).is_working for n in range(1, (until - after).days + 1))


def end_of(day: date, zone: str) -> datetime:
    """Return the first instant after a day of that zone."""
    return datetime.combine(day + ONE_DAY, time(), zone_of(zone))


def last_day(due: datetime, zone: str) -> date:
    """Return the last day of a term that ends with a day."""
    return due.astimezone(zone_of(zone)).date() - ONE_DAY


def local_day(moment: datetime, zone: str) -> date:
    """Return the day of a moment in that zone."""
    return _local(moment, zone).date()


def _local(moment: datetime, zone: str, later: timedelta = timedelta()) -> datetime:
    if moment.tzinfo is None:
        raise InvalidData("EF-T003")
    return (moment.astimezone(UTC) + later).astimezone(zone_of(zone))


def check_term(amount: int, unit: str) -> None:
    """Raise InvalidData unless amount and unit make a term of law, of at most a hundred years."""
    if unit not in UNITS:
        raise InvalidData("EF-T002", unit=unit, units=", ".join(UNITS))
    if not 1 <= amount <= MOST[unit]:
        raise InvalidData("EF-T001", amount=amount, unit=unit, most=MOST[unit])


@cache
def zone_of(zone: str) -> ZoneInfo:
    """Return the zone of that IANA name.

    Raises:
        InvalidData: there is none.
    """
    try:
        return zone_named(zone)
    except LookupError as cause:
        raise InvalidData("EF-T004", zone=zone) from cause

# SPDX-License-Identifier: Apache-2.0
"""The two kinds of duration: reading, adding to a moment (XML Schema 1.1 §3.4.26–27, ISO 8601)."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta

from egov_flow.data import YearMonthDuration
from egov_flow.feel._failures import START, fail
from egov_flow.feel._wide import SECOND, WideDuration, duration_from

__all__ = ["add_duration", "add_months", "duration_of", "months_duration", "nanoseconds", "parse_duration", "shift"]

_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<weeks>[0-9]+)W)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+)(?:\.(?P<fraction>[0-9]*))?S)?)?",
)
_LONGEST = 60
_MOST_MONTHS = 12 * 999_999_999 + 11


def parse_duration(text: str) -> timedelta | YearMonthDuration:
    """Return the duration that a timer states: `PT1H`, `P10D`, `P2W`, `P1Y6M`, also with a leading minus.

    Raises:
        FeelError: EF-F016 if it is none, or mixes years or months with days or hours, whose lengths cannot be added up; EF-F018 if it is finer
            than a microsecond or longer than a case can hold.
    """
    duration = duration_of(text, weeks=True)
    if duration is None:
        raise fail("EF-F016", START)
    if isinstance(duration, WideDuration):
        raise fail("EF-F018", START)
    return duration


def duration_of(text: str, *, weeks: bool = False) -> timedelta | WideDuration | YearMonthDuration | None:
    """Return the duration a text states; None if none. FEEL itself has no weeks.

    Raises:
        FeelError: EF-F018 if it is finer than a nanosecond or longer than can be counted.
    """
    found = _DURATION.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None or text.endswith("P") or (found["weeks"] and not weeks):
        return None
    parts = {name: int(found[name] or 0) for name in ("years", "months", "weeks", "days", "hours", "minutes", "seconds")}
    sign = -1 if found["sign"] else 1
    try:
        if found["years"] is None and found["months"] is None:
            return duration_from(sign * _time_part(parts, found["fraction"] or ""))
        if any(found[name] is not None for name in ("weeks", "days", "hours", "minutes", "seconds")):
            return None
        return months_duration(sign * (12 * parts["years"] + parts["months"]))
    except OverflowError as cause:
        raise fail("EF-F018", START) from cause


def _time_part(parts: dict[str, int], fraction: str) -> int:
    days = 7 * parts["weeks"] + parts["days"]
    seconds = 86_400 * days + 3600 * parts["hours"] + 60 * parts["minutes"] + parts["seconds"]
    return seconds * SECOND + nanoseconds(fraction)


def months_duration(months: int) -> YearMonthDuration:
    """Return the duration of so many months; raises OverflowError beyond 999,999,999 years (DMN 1.5 §10.3.2.3.8)."""
    if abs(months) > _MOST_MONTHS:
        raise OverflowError("months")
    return YearMonthDuration(months)


def nanoseconds(fraction: str) -> int:
    """Return the nanoseconds of a fraction of a second; raises EF-F018 if it is finer."""
    if fraction[9:].strip("0"):
        raise fail("EF-F018", START)
    return int(f"{fraction:0<9}"[:9])


def add_months(day: date, months: int) -> date:
    """Return the day so many months later; a day that the month has not becomes its last (31 January + 1 month = 28 February).

    Raises:
        OverflowError: the year is outside 1–9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("year")
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift(moment: datetime, duration: timedelta) -> datetime:
    """Return the moment so much elapsed time later, in the same zone: a day is 24 hours also when clocks change."""
    if moment.tzinfo is None:
        return moment + duration
    return (moment.astimezone(UTC) + duration).astimezone(moment.tzinfo)


def add_duration(moment: datetime, duration: timedelta | YearMonthDuration) -> datetime:
    """Return the moment after a duration: elapsed time for days and time, the calendar for years and months (month ends are kept inside the month).

    Raises:
        FeelError: EF-F019 if the year would be outside 1–9999.
    """
    try:
        if isinstance(duration, YearMonthDuration):
            day = add_months(moment.date(), duration.months)
            return moment.replace(year=day.year, month=day.month, day=day.day)
        return shift(moment, duration)
    except OverflowError as cause:
        raise fail("EF-F019", START) from cause

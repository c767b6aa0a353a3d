# SPDX-License-Identifier: Apache-2.0
"""Dates, times, dates and times: reading them and writing them as FEEL does (DMN 1.5 §10.3.2.3.4–6)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo

from egov_flow.data import Value, zone_named
from egov_flow.feel._failures import START, fail
from egov_flow.feel._wide import DAY, SECOND, WideDate, WideMoment, WideTime, clock_of, days_of, moment_from, time_from
from egov_flow.feel._wide_arithmetic import wide_date
from egov_flow.feel.durations import duration_of, nanoseconds

__all__ = [
    "FARTHEST_ZONE",
    "date_of",
    "date_text",
    "datetime_of",
    "literal",
    "moment_of",
    "moment_text",
    "parse_date",
    "parse_datetime",
    "parse_time",
    "time_of",
    "time_text",
    "wide_duration_text",
    "zone_name",
    "zone_text",
]

_DATE = re.compile(r"(-?)([0-9]{4,9})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:(Z)|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*))?",
)
_END_OF_DAY = re.compile(r"24:00:00(?:\.0+)?(?![0-9.])")
_LONGEST = 100
FARTHEST_ZONE = timedelta(hours=14)


T = TypeVar("T")


def parse_date(text: str) -> date:
    """Return the date of `2026-01-31`; raises FeelError EF-F017, or EF-F018 outside the years 1 to 9999."""
    return _kept(date_of(text), date, "2026-01-31")


def parse_time(text: str) -> time:
    """Return the time of `09:00:00`, with or without `Z`, `+07:00` or `@Asia/Jakarta`; raises FeelError EF-F017, EF-F018 for parts of microseconds."""
    return _kept(time_of(text), time, "09:00:00+07:00")


def parse_datetime(text: str) -> datetime:
    """Return the moment of `2026-01-31T09:00:00`, with or without a zone as in `parse_time`; a date alone is its midnight.

    Raises:
        FeelError: EF-F017 if it is none, EF-F018 if it is finer than a microsecond or outside the years 1–9999.
    """
    return _kept(datetime_of(text), datetime, "2026-01-31T09:00:00+07:00")


def _kept(found: object, kind: type[T], example: str) -> T:
    """Return what a case can keep of what was read."""
    if isinstance(found, kind):
        return found
    raise fail("EF-F017", START, expected=example) if found is None else fail("EF-F018", START)


def literal(text: str) -> Value:
    """Return what `@"text"` stands for: a date, time, date and time or duration; None if nothing."""
    for read in _READERS:
        found: Value = read(text)
        if found is not None:
            return found
    return None


def date_of(text: str) -> date | WideDate | None:
    """Return the date a text states; None if none."""
    found = _DATE.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None or (len(found[2]) > 4 and found[2][0] == "0"):
        return None
    return wide_date(int(found[1] + found[2]), int(found[3]), int(found[4]))


def time_of(text: str) -> time | WideTime | None:
    """Return the time a text states; None if none; raises EF-F018 if it is finer than a nanosecond."""
    found = _TIME.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3])
    if hour > 23 or minute > 59 or second > 59:
        return None
    nanos = nanoseconds(found[4] or "")
    try:
        return time_from((3600 * hour + 60 * minute + second) * SECOND + nanos, _zone(found))
    except LookupError:
        return None


def datetime_of(text: str) -> datetime | WideMoment | None:
    """Return the moment a text states; None if none. A date alone is its midnight, 24:00:00 that of the next day (XML Schema 1.1 §3.3.7)."""
    day, separator, clock = text.partition("T")
    found = date_of(day)
    late = _END_OF_DAY.match(clock)
    moment = time_of("00:00:00" + clock[late.end() :] if late else clock) if separator else time()
    if found is None or moment is None:
        return None
    try:
        return moment_of(found, moment, days=1 if late else 0)
    except OverflowError:
        return None


def moment_of(day: date | WideDate, clock: time | WideTime, days: int = 0) -> datetime | WideMoment:
    """Return the date and time of a day, or of so many days later, and a time; raises OverflowError beyond the year ±999,999,999."""
    return moment_from(days_of(day) + days, clock_of(clock), clock.tzinfo)


def _zone(found: re.Match[str]) -> tzinfo | None:
    if found[5]:
        return UTC
    if found[10]:
        return zone_named(found[10])
    if not found[6]:
        return None
    offset = timedelta(hours=int(found[7]), minutes=int(found[8]), seconds=int(found[9] or 0))
    if offset > FARTHEST_ZONE or int(found[8]) > 59 or int(found[9] or 0) > 59:
        raise LookupError("offset")
    return offset_zone(-offset if found[6] == "-" else offset)


def offset_zone(offset: timedelta) -> tzinfo:
    """Return the fixed zone of an offset; no offset is UTC."""
    return timezone(offset) if offset else UTC


def zone_name(moment: datetime | time | WideMoment | WideTime) -> str | None:
    """Return the zone as FEEL's `timezone` property gives it: its name if it has one, else its offset."""
    zone = moment.tzinfo
    if isinstance(zone, ZoneInfo) and zone.key:
        return zone.key
    return zone_text(moment) or None


def zone_text(moment: datetime | time | WideMoment | WideTime) -> str:
    """Return the zone as it stands behind a time: `Z`, `+07:00`, `@Asia/Jakarta`; nothing without a zone."""
    if isinstance(moment.tzinfo, ZoneInfo) and moment.tzinfo.key:
        return f"@{moment.tzinfo.key}"
    offset = moment.utcoffset()
    if offset is None:
        return ""
    if not offset:
        return "Z"
    seconds = int(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}:{minutes:02d}" + (f":{rest:02d}" if rest else "")


def time_text(clock: time | WideTime) -> str:
    """Return a time as FEEL writes it."""
    return _clock_text(clock_of(clock)) + zone_text(clock)


def moment_text(moment: datetime | WideMoment) -> str:
    """Return a date and time as FEEL writes it."""
    return f"{date_text(moment)}T{_clock_text(clock_of(moment))}{zone_text(moment)}"


def date_text(day: date | WideDate | WideMoment) -> str:
    """Return a date, or the date of a moment, as FEEL writes it."""
    year = day.year
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{day.month:02d}-{day.day:02d}"


def _clock_text(nanos: int) -> str:
    seconds, rest = divmod(nanos, SECOND)
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return text + f".{rest:09d}".rstrip("0") if rest else text


def wide_duration_text(nanos: int) -> str:
    """Return a duration that Python cannot hold as FEEL writes it."""
    days, clock = divmod(abs(nanos), DAY)
    hours, minutes, seconds, rest = clock // (3600 * SECOND), clock // (60 * SECOND) % 60, clock // SECOND % 60, clock % SECOND
    second = f"{seconds}" + (f".{rest:09d}".rstrip("0") if rest else "")
    time_part = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + (f"{second}S" if second != "0" else "")
    return f"{'-' if nanos < 0 else ''}P{f'{days}D' if days else ''}{f'T{time_part}' if time_part else ''}"


_READERS = (date_of, datetime_of, time_of, duration_of)

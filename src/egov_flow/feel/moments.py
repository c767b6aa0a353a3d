# SPDX-License-Identifier: Apache-2.0
"""Dates, times, dates and times: reading them and writing them as FEEL does (DMN 1.5 §10.3.2.3.4–6)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from egov_flow.data import Value, zone_named
from egov_flow.errors import FeelError
from egov_flow.feel._failures import START, fail
from egov_flow.feel.durations import duration_of, microseconds

__all__ = [
    "date_of",
    "datetime_of",
    "literal",
    "moment_text",
    "parse_date",
    "parse_datetime",
    "parse_time",
    "time_of",
    "time_text",
    "zone_name",
    "zone_text",
]

_DATE = re.compile(r"(-?)([0-9]{4,9})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:(Z)|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*))?",
)
_LONGEST = 100
_FARTHEST = timedelta(hours=14)


def parse_date(text: str) -> date:
    """Return the date of `2026-01-31`; raises FeelError EF-F017."""
    found = date_of(text)
    if found is None:
        raise fail("EF-F017", START, expected="2026-01-31")
    return found


def parse_time(text: str) -> time:
    """Return the time of `09:00:00`, with or without `Z`, `+07:00` or `@Asia/Jakarta`; raises FeelError EF-F017."""
    found = time_of(text)
    if found is None:
        raise fail("EF-F017", START, expected="09:00:00+07:00")
    return found


def parse_datetime(text: str) -> datetime:
    """Return the moment of `2026-01-31T09:00:00`, with or without a zone as in `parse_time`; a date alone is its midnight.

    Raises:
        FeelError: EF-F017 if it is none, EF-F018 if it is finer than a microsecond or outside the years 1–9999.
    """
    found = datetime_of(text)
    if found is None:
        raise fail("EF-F017", START, expected="2026-01-31T09:00:00+07:00")
    return found


def literal(text: str) -> Value:
    """Return what `@"text"` stands for: a date, time, date and time or duration; None if nothing."""
    for read in (date_of, datetime_of, time_of, duration_of):
        found: Value = read(text)
        if found is not None:
            return found
    return None


def date_of(text: str) -> date | None:
    """Return the date a text states; None if none; raises EF-F018 outside the years 1–9999."""
    found = _DATE.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None or (len(found[2]) > 4 and found[2][0] == "0"):
        return None
    if found[1] or not 1 <= int(found[2]) <= 9999:
        raise fail("EF-F018", START)
    try:
        return date(int(found[2]), int(found[3]), int(found[4]))
    except ValueError:
        return None


def time_of(text: str) -> time | None:
    """Return the time a text states; None if none; raises EF-F018 if it is finer than a microsecond."""
    found = _TIME.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2]), int(found[3]), microseconds(found[4] or ""), tzinfo=_zone(found))
    except (LookupError, OverflowError):
        return None
    except FeelError:
        raise
    except ValueError:
        return None


def datetime_of(text: str) -> datetime | None:
    """Return the moment a text states; None if none. A date alone is its midnight."""
    day, separator, clock = text.partition("T")
    found = date_of(day)
    moment = time_of(clock) if separator else time()
    return None if found is None or moment is None else datetime.combine(found, moment)


def _zone(found: re.Match[str]) -> tzinfo | None:
    if found[5]:
        return UTC
    if found[10]:
        return zone_named(found[10])
    if not found[6]:
        return None
    offset = timedelta(hours=int(found[7]), minutes=int(found[8]), seconds=int(found[9] or 0))
    if offset > _FARTHEST or int(found[8]) > 59 or int(found[9] or 0) > 59:
        raise LookupError("offset")
    return offset_zone(-offset if found[6] == "-" else offset)


def offset_zone(offset: timedelta) -> tzinfo:
    """Return the fixed zone of an offset; no offset is UTC."""
    return timezone(offset) if offset else UTC


def zone_name(moment: datetime | time) -> str | None:
    """Return the zone as FEEL's `timezone` property gives it: its name if it has one, else its offset."""
    zone = moment.tzinfo
    if isinstance(zone, ZoneInfo) and zone.key:
        return zone.key
    return zone_text(moment) or None


def zone_text(moment: datetime | time) -> str:
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


def time_text(clock: time) -> str:
    """Return a time as FEEL writes it."""
    text = clock.replace(tzinfo=None, microsecond=0).isoformat()
    if clock.microsecond:
        text += f".{clock.microsecond:06d}".rstrip("0")
    return text + zone_text(clock)


def moment_text(moment: datetime) -> str:
    """Return a date and time as FEEL writes it."""
    clock = time_text(moment.time().replace(tzinfo=None))
    return f"{moment.date().isoformat()}T{clock}{zone_text(moment)}"

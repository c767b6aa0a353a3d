# SPDX-License-Identifier: Apache-2.0
"""A clock that moves only when it is told to, so that ten working days pass in a microsecond."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta

__all__ = ["VirtualClock"]

_DURATION = re.compile(
    r"P(?=.)(?:(?P<weeks>\d+)W|(?:(?P<days>\d+)D)?(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?)",
)


class VirtualClock:
    """Says the time that it was set to; implements `ports.Clock` and may be shared by threads.

    >>> clock = VirtualClock("2026-01-05T09:00+07:00")
    >>> clock.advance("PT1H30M").isoformat()
    '2026-01-05T10:30:00+07:00'

    Args:
        start: a moment with its zone, or ISO 8601 text of one.

    Raises:
        ValueError: the moment has no zone, or the text is none.
    """

    def __init__(self, start: datetime | str) -> None:
        self._lock = threading.Lock()
        self._now = _moment(start)

    def now(self) -> datetime:
        """Return the present moment, in the zone it was set in."""
        return self._now

    def advance(self, by: timedelta | str) -> datetime:
        """Move forward and return the new moment.

        Args:
            by: elapsed time, as a timedelta or ISO 8601 text of weeks, days, hours, minutes, seconds; a day is 24 hours.

        Raises:
            ValueError: backwards (`set` goes there), or a text that is no such duration.
        """
        step = by if isinstance(by, timedelta) else _elapsed(by)
        if step < timedelta(0):
            raise ValueError("advance goes forward; set() moves a clock back")
        with self._lock:
            # in UTC, because adding to a local time would skip or repeat an hour where summer time begins or ends
            self._now = (self._now.astimezone(UTC) + step).astimezone(self._now.tzinfo)
            return self._now

    def set(self, moment: datetime | str) -> datetime:
        """Jump to a moment, forward or back, and return it."""
        with self._lock:
            self._now = _moment(moment)
            return self._now

    def __repr__(self) -> str:
        return f"VirtualClock({self._now.isoformat()!r})"


def _moment(moment: datetime | str) -> datetime:
    value = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    if value.utcoffset() is None:
        raise ValueError(f"{value.isoformat()} has no zone; write {value.isoformat()}+07:00")
    return value


def _elapsed(text: str) -> timedelta:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no duration like PT1H, P1D or P2W; months and years have no fixed length")
    return timedelta(**{unit: float(number) for unit, number in found.groupdict().items() if number})

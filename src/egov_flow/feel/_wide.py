# SPDX-License-Identifier: Apache-2.0
"""Dates, times and durations that Python's own cannot hold: years to ±999,999,999 and nanoseconds (DMN 1.5 §10.3.2.3.4–8).

They live only inside an evaluation, as ranges do; a case cannot keep one (EF-F018). Whatever fits Python's types is one of those, so that each
value has one form.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

import attrs

__all__ = [
    "DAY",
    "SECOND",
    "WIDE",
    "WideDate",
    "WideDuration",
    "WideMoment",
    "WideTime",
    "at_instant",
    "clock_of",
    "date_from",
    "days_of",
    "duration_from",
    "instant",
    "moment_from",
    "nanos_of",
    "near",
    "time_from",
]

SECOND = 1_000_000_000
DAY = 86_400 * SECOND
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
_FIRST = date(1, 1, 1).toordinal()
_LAST = date(9999, 12, 31).toordinal()
_FARTHEST_YEAR = 999_999_999
_MICRO = timedelta(microseconds=1)


@attrs.frozen(order=True)
class WideDate:
    """A date of any year; the days are those since 31 December of the year 0."""

    days: int

    @property
    def year(self) -> int:
        """The year; 0 is the one before 1."""
        return near(self).year + self._cycles * _CYCLE_YEARS

    @property
    def month(self) -> int:
        """The month, 1 to 12."""
        return near(self).month

    @property
    def day(self) -> int:
        """The day of the month."""
        return near(self).day

    @property
    def _cycles(self) -> int:
        return (self.days - near(self).toordinal()) // _CYCLE_DAYS

    def isoweekday(self) -> int:
        """Return 1 for Monday to 7 for Sunday."""
        return near(self).isoweekday()


@attrs.frozen
class WideTime:
    """A time of day to the nanosecond."""

    nanos: int
    tzinfo: tzinfo | None

    @property
    def hour(self) -> int:
        """The hour, 0 to 23."""
        return self.nanos // (3600 * SECOND)

    @property
    def minute(self) -> int:
        """The minute, 0 to 59."""
        return self.nanos // (60 * SECOND) % 60

    def utcoffset(self) -> timedelta | None:
        """Return the offset from UTC; None if the zone has none without a day."""
        return time(tzinfo=self.tzinfo).utcoffset()


@attrs.frozen
class WideMoment:
    """A date and time of any year, to the nanosecond. `fold` tells the second of two equal times when clocks go back."""

    days: int
    nanos: int
    tzinfo: tzinfo | None
    fold: int = 0

    year = property(lambda self: WideDate(self.days).year)
    month = property(lambda self: WideDate(self.days).month)
    day = property(lambda self: WideDate(self.days).day)
    hour = property(lambda self: WideTime(self.nanos, None).hour)
    minute = property(lambda self: WideTime(self.nanos, None).minute)

    def isoweekday(self) -> int:
        """Return 1 for Monday to 7 for Sunday."""
        return WideDate(self.days).isoweekday()

    def utcoffset(self) -> timedelta | None:
        """Return the offset from UTC; None without a zone."""
        return _like(self.days, self.nanos, self.tzinfo, self.fold).utcoffset()


@attrs.frozen(order=True)
class WideDuration:
    """A days and time duration of any length, in nanoseconds."""

    nanos: int


WIDE: dict[type, type] = {WideDate: date, WideTime: time, WideMoment: datetime, WideDuration: timedelta}
"""Each class → Python's class of the same FEEL type."""


def near(day: date | WideDate | WideMoment) -> date:
    """Return a day of the years 1 to 9999 at the same place in its 400 years, which is the same day of the week, month and year."""
    if isinstance(day, date):
        return day
    if _FIRST <= day.days <= _LAST:
        return date.fromordinal(day.days)
    # After 2037 the zones repeat their last rule, so a year far ahead is like its fellow in 2401–2800.
    return date.fromordinal((day.days - 1) % _CYCLE_DAYS + 1 + 6 * _CYCLE_DAYS)


def days_of(day: date | WideDate | WideMoment) -> int:
    """Return the days since 31 December of the year 0."""
    return day.toordinal() if isinstance(day, date) else day.days


def date_from(days: int) -> date | WideDate:
    """Return the date so many days after 31 December of the year 0; raises OverflowError beyond the year ±999,999,999."""
    if _FIRST <= days <= _LAST:
        return date.fromordinal(days)
    made = WideDate(days)
    if abs(made.year) > _FARTHEST_YEAR:
        raise OverflowError("year")
    return made


def clock_of(moment: time | datetime | WideTime | WideMoment) -> int:
    """Return the nanoseconds since midnight by the clock."""
    if isinstance(moment, WideTime | WideMoment):
        return moment.nanos
    return (3600 * moment.hour + 60 * moment.minute + moment.second) * SECOND + moment.microsecond * 1000


def time_from(nanos: int, zone: tzinfo | None) -> time | WideTime:
    """Return the time so many nanoseconds after midnight."""
    if nanos % 1000:
        return WideTime(nanos, zone)
    seconds, micro = divmod(nanos // 1000, 1_000_000)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60, micro, tzinfo=zone)


def moment_from(days: int, nanos: int, zone: tzinfo | None, fold: int = 0) -> datetime | WideMoment:
    """Return the date and time of a day and a clock; raises OverflowError beyond the year ±999,999,999."""
    day, clock = date_from(days), time_from(nanos, zone)
    if isinstance(day, date) and isinstance(clock, time):
        return datetime.combine(day, clock).replace(fold=fold)
    return WideMoment(days, nanos, zone, fold)


def nanos_of(duration: timedelta | WideDuration) -> int:
    """Return a duration's nanoseconds."""
    return duration.nanos if isinstance(duration, WideDuration) else duration // _MICRO * 1000


def duration_from(nanos: int) -> timedelta | WideDuration:
    """Return the duration of so many nanoseconds; raises OverflowError beyond what the years ±999,999,999 need."""
    if abs(nanos) > 2 * (_FARTHEST_YEAR + 1) * 366 * DAY:
        raise OverflowError("duration")
    if nanos % 1000 == 0:
        try:
            return timedelta(microseconds=nanos // 1000)
        except OverflowError:
            pass
    return WideDuration(nanos)


def instant(moment: datetime | WideMoment) -> int:
    """Return the nanoseconds from a fixed instant, by the offset of the moment's zone; a moment without one counts as UTC."""
    offset = moment.utcoffset() or timedelta(0)
    return days_of(moment) * DAY + clock_of(moment) - nanos_of(offset)


def at_instant(nanos: int, zone: tzinfo | None) -> datetime | WideMoment:
    """Return the moment in a zone at an instant as `instant` counts it."""
    if zone is None:
        return moment_from(nanos // DAY, nanos % DAY, None)
    there = _like(nanos // DAY, nanos % DAY, UTC, 0).astimezone(zone)
    local = nanos + nanos_of(there.utcoffset() or timedelta(0))
    return moment_from(local // DAY, local % DAY, zone, there.fold)


def _like(days: int, nanos: int, zone: tzinfo | None, fold: int) -> datetime:
    """Return a moment of Python's years in whose like the zone has the same offset: before the year 1 that is its first one."""
    day = date(1, 1, 2) if days <= _FIRST else min(near(WideDate(days)), date(9999, 12, 30))
    return datetime.combine(day, time_from(nanos // 1000 * 1000, zone)).replace(fold=fold)  # type: ignore[arg-type]

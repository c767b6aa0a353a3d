# SPDX-License-Identifier: Apache-2.0
"""Times of timers in the whole of ISO 8601: mixed durations, fractions, weeks, and repeating intervals that name their end (BPMN 2.0.2 §10.5.5).

FEEL knows two kinds of durations that do not mix; a timer may say `P1Y2M3DT4H` all the same.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

import attrs

from egov_flow.data import YearMonthDuration
from egov_flow.errors import FeelError
from egov_flow.feel import add_duration, parse_datetime, parse_duration

__all__ = ["Repeat", "Span", "after", "moment_of", "parse_repeat", "parse_span"]

MIXED = re.compile(
    r"P(?:(?P<years>[0-9]{1,6})Y)?(?:(?P<months>[0-9]{1,6})M)?(?:(?P<weeks>[0-9]{1,6}(?:[.,][0-9]{1,9})?)W)?(?:(?P<days>[0-9]{1,9}(?:[.,][0-9]{1,9})?)D)?"
    r"(?:T(?:(?P<hours>[0-9]{1,9}(?:[.,][0-9]{1,9})?)H)?(?:(?P<minutes>[0-9]{1,9}(?:[.,][0-9]{1,9})?)M)?(?:(?P<seconds>[0-9]{1,12}(?:[.,][0-9]{1,9})?)S)?)?"
)
SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
REPEATED = re.compile(r"R([0-9]{0,9})/(.+)", re.DOTALL)


@attrs.frozen
class Span:
    """A duration of months and of exact time."""

    months: int = 0
    rest: timedelta = timedelta(0)

    @classmethod
    def of(cls, value: timedelta | YearMonthDuration) -> Span:
        """Return a FEEL duration as a span."""
        return cls(value.months) if isinstance(value, YearMonthDuration) else cls(0, value)

    @property
    def is_ahead(self) -> bool:
        """Return whether it leads into the future."""
        return self.months >= 0 and self.rest >= timedelta(0) and bool(self.months or self.rest)


@attrs.frozen
class Repeat:
    """A repeating interval: how often (None: without end), from when (None: from when the timer starts), until when, and how far apart."""

    repetitions: int | None
    every: Span
    start: datetime | None = None
    end: datetime | None = None


def parse_span(text: str) -> Span:
    """Return the span of `PT1.5H`, `P1Y2M3DT4H`, `P2W`; what FEEL reads as a duration reads the same here.

    Raises:
        FeelError: it is none.
    """
    found = MIXED.fullmatch(text)
    if found is None or text[-1] in "PT":
        return Span.of(parse_duration(text))  # a sign, or no duration at all: FEEL has the words for it
    given = {name: Decimal(part.replace(",", ".")) for name, part in found.groupdict().items() if part}
    whole = sum((given.get(name, Decimal(0)) * factor for name, factor in SECONDS.items()), Decimal(0))
    return Span(int(given.get("years", 0)) * 12 + int(given.get("months", 0)), timedelta(microseconds=int(whole * 1_000_000)))


def parse_repeat(text: str) -> Repeat:
    """Return the repeating interval of `R3/PT1H`, `R/<start>/P1D`, `R/P1D/<end>` or `R/<start>/<end>`, where the interval lies between the two moments.

    Raises:
        FeelError: it is none, or its interval is not longer than nothing.
    """
    found = REPEATED.fullmatch(text.strip())
    if found is None:
        raise _none()
    count = int(found[1]) if found[1] else None
    read = _reading(count, found[2])
    if read is None or not read.every.is_ahead:
        raise _none()
    return read


def _reading(count: int | None, text: str) -> Repeat | None:
    """Return the reading of what stands behind `R…/`; a zone has a slash too, so that every slash may be the one between the parts."""
    if text.startswith("P") and "/" not in text:
        return Repeat(count, parse_span(text))
    places = [i for i, letter in enumerate(text) if letter == "/"]
    for place in places:
        first, second = text[:place], text[place + 1 :]
        try:
            if second.startswith("P"):
                return Repeat(count, parse_span(second), start=parse_datetime(first))
            if first.startswith("P"):
                return Repeat(count, parse_span(first), end=parse_datetime(second))
            start, end = parse_datetime(first), parse_datetime(second)
        except FeelError:
            continue
        if (start.tzinfo is None) == (end.tzinfo is None):
            return Repeat(count, Span(0, end - start), start=start)
    return None


def _none() -> FeelError:
    return FeelError("EF-F021")


def after(moment: datetime, span: Span, times: int = 1) -> datetime:
    """Return the moment so many spans later, in the moment's zone; months keep the day of the month where there is one.

    Raises:
        FeelError, OverflowError: it lies past the years that there are.
    """
    if span.months:
        moment = add_duration(moment, YearMonthDuration(span.months * times))
    return add_duration(moment, span.rest * times) if span.rest else moment


def moment_of(value: date, zone: tzinfo) -> datetime:
    """Return a date's moment; without a zone it is one of the procedure's, a date alone its first moment."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)

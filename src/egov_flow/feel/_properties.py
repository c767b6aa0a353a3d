# SPDX-License-Identifier: Apache-2.0
"""What a path can read of a time, a duration or a range (DMN 1.5 table 65). Nothing else of a value can be reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from egov_flow.data import Value, YearMonthDuration
from egov_flow.feel._kinds import Range
from egov_flow.feel._numbers import plain
from egov_flow.feel._wide import DAY, SECOND, WideDate, WideDuration, WideMoment, WideTime, clock_of, nanos_of
from egov_flow.feel.moments import zone_name

__all__ = ["PROPERTIES"]

Reader = Callable[[Value], Value]


def _second(moment: datetime | time | WideMoment | WideTime) -> Decimal:
    return plain(Decimal(clock_of(moment) % (60 * SECOND)).scaleb(-9))


_DAY_PARTS: dict[str, Reader] = {
    "year": lambda v: Decimal(v.year),
    "month": lambda v: Decimal(v.month),
    "day": lambda v: Decimal(v.day),
    "weekday": lambda v: Decimal(v.isoweekday()),
}
_CLOCK_PARTS: dict[str, Reader] = {
    "hour": lambda v: Decimal(v.hour),
    "minute": lambda v: Decimal(v.minute),
    "second": _second,
    "time offset": lambda v: v.utcoffset(),
    "timezone": zone_name,
}


def _part(duration: timedelta | WideDuration, size: int, modulus: int) -> Decimal:
    """One part of a duration, with the sign of the whole."""
    nanos = nanos_of(duration)
    part = Decimal(abs(nanos) // size % modulus)
    return -part if nanos < 0 and part else part


def _seconds(duration: timedelta | WideDuration) -> Decimal:
    nanos = nanos_of(duration)
    part = plain(Decimal(abs(nanos) % (60 * SECOND)).scaleb(-9))
    return -part if nanos < 0 and part else part


_DURATION_PARTS: dict[str, Reader] = {
    "days": lambda v: _part(v, DAY, 10**13),
    "hours": lambda v: _part(v, 3_600 * SECOND, 24),
    "minutes": lambda v: _part(v, 60 * SECOND, 60),
    "seconds": _seconds,
}


def _signed(months: int, part: int) -> Decimal:
    return Decimal(-part if months < 0 else part)


_MONTH_PARTS: dict[str, Reader] = {
    "years": lambda v: _signed(v.months, abs(v.months) // 12),
    "months": lambda v: _signed(v.months, abs(v.months) % 12),
}
_RANGE_PARTS: dict[str, Reader] = {
    "start": lambda v: v.low,
    "end": lambda v: v.high,
    "start included": lambda v: v.low_closed,
    "end included": lambda v: v.high_closed,
}

_BY_KIND: dict[type, dict[str, Reader]] = {
    date: _DAY_PARTS,
    datetime: {**_DAY_PARTS, **_CLOCK_PARTS},
    time: _CLOCK_PARTS,
    timedelta: _DURATION_PARTS,
    WideDate: _DAY_PARTS,
    WideMoment: {**_DAY_PARTS, **_CLOCK_PARTS},
    WideTime: _CLOCK_PARTS,
    WideDuration: _DURATION_PARTS,
    YearMonthDuration: _MONTH_PARTS,
    Range: _RANGE_PARTS,
}

PROPERTIES: dict[str, dict[type, Reader]] = {}
"""Name of a property → kind → how it is read."""
for _kind, _parts in _BY_KIND.items():
    for _name, _reader in _parts.items():
        PROPERTIES.setdefault(_name, {})[_kind] = _reader

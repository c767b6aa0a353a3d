# SPDX-License-Identifier: Apache-2.0
"""Timer cycles: ISO 8601 repeating intervals."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import attrs

from egov_flow.data import YearMonthDuration
from egov_flow.errors import FeelError
from egov_flow.feel._failures import START, fail
from egov_flow.feel.durations import parse_duration
from egov_flow.feel.moments import parse_datetime

__all__ = ["Cycle", "parse_cycle"]

_REPEAT = re.compile(r"R([0-9]{0,9})")


@attrs.frozen
class Cycle:
    """A repeating interval: how often (None = without end), from when (None = from when the timer starts), and how far apart."""

    repetitions: int | None
    start: datetime | None
    duration: timedelta | YearMonthDuration


def parse_cycle(text: str) -> Cycle:
    """Return the cycle of `R3/PT1H`, `R/P1D` or `R/2026-01-01T00:00:00Z/P1D`.

    Raises:
        FeelError: EF-F021 if it is none of these forms, or if its interval is not longer than nothing.
    """
    head, *rest = text.strip().split("/")
    found = _REPEAT.fullmatch(head)
    # A zone has a slash too: R/2026-01-01T00:00:00@Asia/Jakarta/P1D
    if found is None or not rest:
        raise fail("EF-F021", START)
    try:
        start = parse_datetime("/".join(rest[:-1])) if rest[:-1] else None
        duration = parse_duration(rest[-1])
    except FeelError as cause:
        raise fail("EF-F021", START) from cause
    ahead = duration.months > 0 if isinstance(duration, YearMonthDuration) else duration > timedelta(0)
    if not ahead:
        raise fail("EF-F021", START)
    return Cycle(int(found[1]) if found[1] else None, start, duration)

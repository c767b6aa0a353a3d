# SPDX-License-Identifier: Apache-2.0
"""One day of a reckoning and its line of text: the answer to "why this date?" is made of these."""

from __future__ import annotations

import re
from datetime import date

import attrs

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (?:counted (\d+)(?: \((.*)\))?|(.*), not counted)")


@attrs.frozen
class CountedDay:
    """A day that was counted as the `number`th (from 1), or left out (0) for a `reason`."""

    day: date
    number: int = 0
    reason: str = ""

    def __str__(self) -> str:
        if not self.number:
            return f"{self.day} {self.reason}, not counted"
        return f"{self.day} counted {self.number}" + (f" ({self.reason})" if self.reason else "")

    @classmethod
    def read(cls, line: str) -> CountedDay | None:
        """Return the day that a line tells of; None if the line is of another kind."""
        found = _LINE.fullmatch(line)
        if found is None:
            return None
        day, number, note, reason = found.groups()
        return cls(date.fromisoformat(day), int(number or 0), note or reason or "")


def read_days(lines: tuple[str, ...]) -> tuple[CountedDay, ...]:
    """Return the days that lines tell of, in their order."""
    return tuple(day for day in map(CountedDay.read, lines) if day is not None)

# SPDX-License-Identifier: Apache-2.0
"""Stand-ins for what an office has outside: ids, a calendar, a directory, a post room."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from egov_flow.data import Context, freeze
from egov_flow.values import Call, WorkingDay

__all__ = ["FakeCalendar", "FakeDataStore", "FakeDirectory", "FakeNotifier", "Notice", "SequentialIds"]

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which are misread aloud and on paper."""


class SequentialIds:
    """Ids that are the same in every run: `case-000001`, `FOI_REQUEST-1-7KQ2`; implements `ports.Ids`.

    Args:
        seed: another seed gives other numbers and other random bytes.
    """

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._cases, self._numbers, self._draws = itertools.count(1), itertools.count(1), itertools.count(1)

    def case(self) -> str:
        """Return the next case id; later ones sort after earlier ones, up to a million."""
        return f"case-{next(self._cases):06d}"

    def number(self, procedure: str) -> str:
        """Return the next public number; it only looks unguessable."""
        count = next(self._numbers)
        tail = "".join(_LETTERS[byte % len(_LETTERS)] for byte in self._bytes(f"number {count}", 4))
        return f"{procedure.upper()}-{count}-{tail}"

    def random(self, size: int) -> bytes:
        """Return bytes that only look random."""
        return self._bytes(f"random {next(self._draws)}", size)

    def _bytes(self, label: str, size: int) -> bytes:
        return hashlib.shake_256(f"{self._seed} {label}".encode()).digest(size)


class FakeCalendar:
    """A calendar with a weekend and the holidays that a test names; implements `ports.Calendar`.

    Args:
        holidays: days off, or days off with their reason.
        weekend: weekdays off, Monday is 0.
        name: of the calendar, recorded with each date it counts; `version` likewise.
    """

    def __init__(
        self,
        holidays: Iterable[date] | Mapping[date, str] = (),
        *,
        weekend: Iterable[int] = (5, 6),
        name: str = "fake",
        version: str = "1",
    ) -> None:
        self.name, self.version = name, version
        self._weekend = frozenset(weekend)
        self._holidays = dict(holidays) if isinstance(holidays, Mapping) else dict.fromkeys(holidays, "holiday")

    def day(self, day: date) -> WorkingDay:
        """Return whether it is a working day, and why not: the holiday's name, or `weekend`."""
        reason = self._holidays.get(day) or ("weekend" if day.weekday() in self._weekend else "")
        return WorkingDay(day, not reason, reason)


class FakeDataStore:
    """A data store that holds contexts and gives the newest that has what it is asked for; implements `ports.DataStore`.

    Args:
        rows: what it holds from the beginning.

    Attributes:
        rows: what it holds now; `asked`: what it was asked, in order.
    """

    def __init__(self, *rows: Mapping[str, object]) -> None:
        self.rows: list[Context] = [freeze(row) for row in rows]
        self.asked: list[Context] = []
        self._keys: set[str] = set()

    def read(self, asked: Call) -> Context | None:
        """Return the newest row in which every asked variable has the asked value."""
        self.asked.append(asked.data)
        return next((row for row in reversed(self.rows) if row.items() >= asked.data.items()), None)

    def write(self, given: Call) -> None:
        """Keep a row, once for its key."""
        if given.key not in self._keys:
            self._keys.add(given.key)
            self.rows.append(given.data["value"])


class FakeDirectory:
    """A directory that knows what a test tells it; implements `ports.Directory`.

    Args:
        roles: actor → roles.
        persons: account → human, where they differ.
        offices: actor → office.
    """

    def __init__(
        self, roles: Mapping[str, Iterable[str]], persons: Mapping[str, str] | None = None, offices: Mapping[str, str] | None = None
    ) -> None:
        self._roles = {actor: frozenset(names) for actor, names in roles.items()}
        self._offices = dict(offices or {})
        self._persons = {**{actor: actor for actor in self._roles}, **(persons or {})}

    def roles(self, actor: str) -> frozenset[str]:
        """Return the actor's roles; none for somebody unknown."""
        return self._roles.get(actor, frozenset())

    def person(self, actor: str) -> str | None:
        """Return the human behind the account, or None if unknown."""
        return self._persons.get(actor)

    def office(self, actor: str) -> str | None:
        """Return the office that the actor works in, or None."""
        return self._offices.get(actor)

    def holders(self, role: str) -> frozenset[str]:
        """Return the actors that have the role."""
        return frozenset(actor for actor, roles in self._roles.items() if role in roles)


@attrs.frozen(kw_only=True)
class Notice:
    """A notice that somebody would have received."""

    receiver: str
    template: str
    arguments: Context
    key: str


class FakeNotifier:
    """A post room that keeps what it is given in `sent`, a repeated key once; implements `ports.Notifier`."""

    def __init__(self) -> None:
        self._sent: dict[str, Notice] = {}

    @property
    def sent(self) -> tuple[Notice, ...]:
        """The notices, in order."""
        return tuple(self._sent.values())

    def notify(self, receiver: str, template: str, arguments: Context, key: str) -> None:
        """Keep one notice."""
        self._sent.setdefault(key, Notice(receiver=receiver, template=template, arguments=arguments, key=key))

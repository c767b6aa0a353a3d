# SPDX-License-Identifier: Apache-2.0
"""Small things that only a store and the Agency know: keys, parts of a large state, search marks, leases, what is due. Part of `values`."""

from __future__ import annotations

from datetime import datetime

import attrs

__all__ = ["CaseKey", "Count", "Due", "Fence", "Part", "Remembered", "SearchMark", "SubjectKey"]


@attrs.frozen
class CaseKey:
    """The key of a case, wrapped by the key of somebody whom the case concerns; `subject` is a keyed hash of their id, "" for nobody."""

    subject: str
    wrapped: bytes


@attrs.frozen
class SubjectKey:
    """The key of somebody whom cases concern, wrapped by the master key; without it, all that only it wraps is unreadable for ever."""

    subject: str
    wrapped: bytes


@attrs.frozen
class Part:
    """One piece of a state that is too large to be written whole with each step; `content` None removes it."""

    name: str
    content: bytes | None


@attrs.frozen
class SearchMark:
    """The keyed hash by which a case is found by a variable; "" takes it away."""

    name: str
    mark: str


@attrs.frozen(kw_only=True)
class Remembered:
    """What an idempotency key was used for: a second call with the same payload gets the first result."""

    kind: str
    key: str
    digest: str
    result: str
    at: datetime


@attrs.frozen
class Fence:
    """A job's lease that must still be the newest when the change commits."""

    job: str
    fence: int


@attrs.frozen
class Due:
    """Something whose time has come: a `timer` (target: id of the wait) or a `deadline` (target: its name)."""

    kind: str
    case: str
    target: str
    due: datetime


@attrs.frozen
class Count:
    """How many tasks of an element of a procedure have a status."""

    procedure: str
    element: str
    status: str
    number: int

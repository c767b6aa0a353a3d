# SPDX-License-Identifier: Apache-2.0
"""Values to rows and back: the two have the same names, moments become microseconds, lists JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

import attrs
from sqlalchemy import Table

from egov_flow.errors import StoreError
from egov_flow.values import (
    CaseKey,
    CaseRecord,
    Deadline,
    Deployment,
    Incident,
    Job,
    Part,
    Remembered,
    SearchMark,
    SubjectKey,
    Task,
    Timer,
    Wait,
)
from egov_flow_adapters.sqlalchemy_store import _schema

__all__ = [
    "CASES",
    "CASE_KEYS",
    "DEADLINES",
    "DEPLOYMENTS",
    "INCIDENTS",
    "JOBS",
    "PARTS",
    "REMEMBERED",
    "SEARCH",
    "SUBJECT_KEYS",
    "TASKS",
    "TIMERS",
    "WAITS",
    "Mapping",
    "microseconds",
    "moment",
    "owner",
    "place_in_order",
]

V = TypeVar("V")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(value: datetime, name: str = "now") -> int:
    """Return a moment as it is stored.

    Raises:
        StoreError: it has no zone.
    """
    try:
        return (value - _EPOCH) // _MICROSECOND
    except TypeError:  # moments with and without a zone cannot be compared
        raise StoreError("EF-S023", field=name) from None


def moment(stored: int) -> datetime:
    """Return a stored moment, in UTC."""
    return _EPOCH + timedelta(microseconds=stored)


def place_in_order(identity: str) -> int:
    """Return the counter of an id `<case>/<counter>`, by which 10 comes after 9."""
    counter = identity.rpartition("/")[2]
    return int(counter) if counter.isdecimal() else 0


def owner(identity: str) -> str:
    """Return the case of an id `<case>/<counter>`."""
    return identity.rpartition("/")[0]


def _strings(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


@attrs.define
class Mapping(Generic[V]):
    """One value class and its table: the fields that have a column are kept, in the order of the class.

    Attributes:
        more: the columns that `row` is given besides the value.
        keys: all columns of a row.
    """

    kind: Callable[..., V]
    table: Table
    more: tuple[str, ...] = ()
    names: tuple[str, ...] = attrs.field(init=False)
    keys: tuple[str, ...] = attrs.field(init=False)
    _get: Callable[[V], Sequence[Any]] = attrs.field(init=False)
    _moments: tuple[int, ...] = attrs.field(init=False)
    _lists: tuple[int, ...] = attrs.field(init=False)
    _truths: tuple[str, ...] = attrs.field(init=False)
    _identity: int | None = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        fields = [field for field in attrs.fields(cast("Any", self.kind)) if field.name in self.table.c]
        self.names = tuple(field.name for field in fields)
        self._get = attrgetter(*self.names)
        self._moments = tuple(at for at, field in enumerate(fields) if "datetime" in str(field.type))
        self._lists = tuple(at for at, field in enumerate(fields) if "tuple" in str(field.type))
        self._truths = tuple(field.name for field in fields if str(field.type) == "bool")
        self._identity = self.names.index("id") if "counter" in self.table.c else None
        self.keys = (*self.names, "tenant", *(() if self._identity is None else ("counter",)), *self.more)

    @property
    def columns(self) -> list[Any]:
        """The columns to select for `value`."""
        return [self.table.c[name] for name in self.names]

    def row(self, tenant: str, value: V, *more: object) -> list[Any]:
        """Return the row of a value, in the order of `keys`."""
        row = [*self._get(value), tenant]
        for at in self._moments:
            if row[at] is not None:
                row[at] = microseconds(row[at], self.names[at])
        for at in self._lists:
            row[at] = json.dumps(row[at], ensure_ascii=False) if row[at] else "[]"
        if self._identity is not None:
            row.append(place_in_order(row[self._identity]))
        row += more
        return row

    def value(self, row: Iterable[Any], **more: object) -> V:
        """Return the value of a selected row; `more` gives the fields that have no column.

        Raises:
            StoreError: the row has been spoiled.
        """
        found = list(row)
        try:
            for at in self._moments:
                if found[at] is not None:
                    found[at] = moment(found[at])
            for at in self._lists:
                found[at] = _strings(found[at])
            fields = dict(zip(self.names, found, strict=False))
            for name in self._truths:
                fields[name] = bool(fields[name])
            return self.kind(**fields, **more)
        except (TypeError, ValueError, OverflowError):
            raise StoreError("EF-S019", table=self.table.name) from None


CASES = Mapping(CaseRecord, _schema.cases)
TASKS = Mapping(Task, _schema.tasks)
JOBS = Mapping(Job, _schema.jobs)
TIMERS = Mapping(Timer, _schema.timers, more=("case",))
WAITS = Mapping(Wait, _schema.waits, more=("case",))
DEADLINES = Mapping(Deadline, _schema.deadlines)
INCIDENTS = Mapping(Incident, _schema.incidents)
CASE_KEYS = Mapping(CaseKey, _schema.case_keys, more=("case",))
SUBJECT_KEYS = Mapping(SubjectKey, _schema.subject_keys)
PARTS = Mapping(Part, _schema.parts, more=("case",))
SEARCH = Mapping(SearchMark, _schema.search, more=("case",))
REMEMBERED = Mapping(Remembered, _schema.remembered)
DEPLOYMENTS = Mapping(Deployment, _schema.deployments)

# SPDX-License-Identifier: Apache-2.0
"""A store that keeps everything in memory, by the same contract as a database and gone with the process."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import attrs

from egov_flow.errors import ConflictError, StoreError
from egov_flow.testing._tables import REGISTRY, Tables, place_in_order
from egov_flow.values import (
    CaseFilter,
    CaseKey,
    CaseRecord,
    ChainedEvent,
    Change,
    Count,
    Deadline,
    Deployment,
    Due,
    Incident,
    Job,
    Recorded,
    Remembered,
    Task,
    TaskFilter,
    Wait,
)

if TYPE_CHECKING:
    from egov_flow.ports import Store

__all__ = ["MemoryConnection", "MemoryStore", "open_store"]


def open_store(url: str) -> MemoryStore:
    """Return a new, empty store for the URL `memory:`.

    Raises:
        StoreError: another URL.
    """
    if url != "memory:":
        raise StoreError("EF-S017", url="memory: with something behind it", reason="it takes no name")
    return MemoryStore()


Row = TypeVar("Row")


class MemoryStore:
    """Implements `ports.Store`; may be shared by threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._tables: defaultdict[str, Tables] = defaultdict(Tables)
        self._revision = 0
        self._closed = False

    def load(self, tenant: str, case: str) -> CaseRecord | None:
        """Return the case, or None."""
        return self._of(tenant).cases.get(case)

    def cases(self, tenant: str, filter: CaseFilter) -> tuple[CaseRecord, ...]:  # noqa: A002
        """Return the cases that the filter asks for, newest first."""
        with self._lock:
            tables = self._of(tenant)
            rows = sorted(tables.cases.values(), key=lambda row: row.id, reverse=True)
            wanted = filter.mark
            if wanted is not None:
                rows = [row for row in rows if wanted.mark and tables.search[row.id].get(wanted.name) == wanted.mark]
        return tuple(row for row in rows if _is_asked_for(row, filter))[: filter.limit]

    def commit(self, change: Change, *more: Change) -> None:
        """Write the changes whole, or raise and write nothing."""
        with self._lock:
            before = {tenant: self._of(tenant).copy() for tenant in {one.tenant for one in (change, *more)}} if more else {}
            try:
                for one in (change, *more):
                    self._of(one.tenant).put(one)
            except BaseException:
                self._tables.update(before)
                raise
            self._revision += 1

    def recorded(self, tenant: str, case: str) -> tuple[Recorded, ...]:
        """Return the accepted commands of a case, in order."""
        with self._lock:
            rows = self._of(tenant).recorded[case]
            return tuple(rows[number] for number in sorted(rows))

    def remembered(self, tenant: str, kind: str, key: str) -> Remembered | None:
        """Return what an idempotency key was used for."""
        return self._of(tenant).remembered.get((kind, key))

    def parts(self, tenant: str, case: str) -> dict[str, bytes]:
        """Return the parts of a large state by name."""
        with self._lock:
            return dict(self._of(tenant).parts[case])

    def deployments(self, tenant: str) -> tuple[Deployment, ...]:
        """Return every deployed version without its files, oldest first."""
        with self._lock:
            return tuple(attrs.evolve(row, files=()) for row in self._of(tenant).deployments.values())

    def deployment(self, tenant: str, procedure: str, version: str) -> Deployment | None:
        """Return a deployed version whole, or None."""
        with self._lock:
            return self._of(tenant).deployments.get((procedure, version))

    def task(self, tenant: str, task: str) -> Task | None:
        """Return the task, or None."""
        with self._lock:
            return self._of(tenant).tasks[place_in_order(task)[0]].get(task)

    def tasks(self, tenant: str, filter: TaskFilter) -> tuple[Task, ...]:  # noqa: A002
        """Return the tasks that the filter asks for, oldest first."""
        with self._lock:
            tables = self._of(tenant)
            rows = sorted((row for row in _of_cases(tables.tasks, filter.case) if _is_wanted(row, filter)), key=_age)
            after = self.task(tenant, filter.after) if filter.after is not None else None
        if filter.after is not None:
            rows = [row for row in rows if after is not None and _age(row) > _age(after)]
        return tuple(rows[: filter.limit])

    def deadlines(self, tenant: str, case: str | frozenset[str]) -> tuple[Deadline, ...]:
        """Return the deadlines of a case, or of several, in the order of their opening."""
        with self._lock:
            return tuple(sorted(_of_cases(self._of(tenant).deadlines, case), key=lambda row: (row.opened, row.name)))

    def incidents(self, tenant: str, case: str | frozenset[str] | None) -> tuple[Incident, ...]:
        """Return the open incidents of a case, of several, or of all cases."""
        with self._lock:
            rows = [row for row in _of_cases(self._of(tenant).incidents, case) if row.closed is None]
        return tuple(sorted(rows, key=lambda row: place_in_order(row.id)))

    def counts(self, tenant: str) -> tuple[Count, ...]:
        """Return how many tasks each element of each procedure has in each status, in that order."""
        with self._lock:
            tables = self._of(tenant)
            found = Counter(
                (tables.cases[case].procedure, task.element, task.status) for case, tasks in tables.tasks.items() for task in tasks.values()
            )
        return tuple(Count(*key, number) for key, number in sorted(found.items()))

    def waits(self, tenant: str, name: str, key: str | None, case: str | None) -> tuple[tuple[str, Wait], ...]:
        """Return (case, wait) for every open wait for the message."""
        with self._lock:
            rows = sorted(self._of(tenant).waits[name].items())
        return tuple((owner, wait) for (owner, _), wait in rows if key in {None, wait.key} and case in {None, owner})

    def lease(self, tenant: str, now: datetime, until: datetime, case: str | None, limit: int) -> tuple[Job, ...]:
        """Lease waiting jobs that are due and free, each with a higher fence; `attempts` is the caller's to count."""
        with self._lock:
            tables, cases = self._of(tenant).jobs, self._of(tenant).cases
            groups = [tables[case]] if case is not None else list(tables.values())
            free = [row for group in groups for row in _first_free(group.values(), now) if cases[row.case].status != "suspended"]
            leased = tuple(attrs.evolve(row, leased_until=until, fence=row.fence + 1) for row in sorted(free, key=_turn)[:limit])
            if leased:
                self.commit(Change(tenant=tenant, jobs=leased))
            return tuple(tables[row.case][row.id] for row in leased)

    def due(self, tenant: str, now: datetime, limit: int, case: str | None = None) -> tuple[Due, ...]:
        """Return timers and running deadlines whose time has come, earliest first; suspended cases are left out."""
        with self._lock:
            tables = self._of(tenant)
            timers = [(row.due, "timer", owner, str(wait)) for (owner, wait), row in tables.timers.items() if row.due and row.due <= now]
            deadlines = [
                (row.due, "deadline", row.case, row.name)
                for rows in tables.deadlines.values()
                for row in rows.values()
                if row.status == "running" and row.due <= now
            ]
            rows = sorted(row for row in (*timers, *deadlines) if case in {None, row[2]} and tables.cases[row[2]].status != "suspended")
        return tuple(Due(kind, owner, target, due) for due, kind, owner, target in rows[:limit])

    def jobs(self, tenant: str, case: str) -> tuple[Job, ...]:
        """Return all jobs of a case, oldest first."""
        with self._lock:
            return tuple(sorted(self._of(tenant).jobs[case].values(), key=lambda row: place_in_order(row.id)))

    def waiting(self, tenant: str, limit: int) -> tuple[Job, ...]:
        """Return the jobs of all cases that wait, in the order in which they are leased."""
        with self._lock:
            rows = [row for jobs in self._of(tenant).jobs.values() for row in jobs.values() if row.status == "waiting"]
        return tuple(sorted(rows, key=_turn)[:limit])

    def events(self, tenant: str, case: str) -> Iterator[ChainedEvent]:
        """Yield the events of a case in order, with the very bytes that were stored."""
        with self._lock:
            rows = self._of(tenant).events[case]
            ordered = [rows[seq] for seq in sorted(rows)]
        yield from ordered

    def chains(self, tenant: str) -> Iterator[tuple[str, int, str]]:
        """Yield (case, last case_seq, last leaf) for every case, and `registry` if anything was deployed."""
        with self._lock:
            tables = self._of(tenant)
            rows = [(row.id, row.last_seq, row.last_leaf) for _, row in sorted(tables.cases.items())]
            if tables.registry[0]:
                rows.append((REGISTRY, *tables.registry))
        yield from rows

    def tenants(self) -> tuple[str, ...]:
        """Return every tenant of whom anything is recorded, in order."""
        with self._lock:
            return tuple(sorted(tenant for tenant, tables in self._tables.items() if tables.cases or tables.registry[0]))

    def keys(self, tenant: str, cases: frozenset[str]) -> tuple[tuple[str, CaseKey, bytes | None], ...]:
        """Return (case, its key as the key of one of its subjects wraps it, that subject's wrapped key) for each subject of each case."""
        with self._lock:
            found = [(case, key) for case in sorted(cases) for _, key in sorted(self._of(tenant).keys[case].items())]
            return tuple((case, key, self.subject(tenant, key.subject)) for case, key in found)

    def subject(self, tenant: str, subject: str) -> bytes | None:
        """Return a subject's wrapped key, or None."""
        found = self._of(tenant).subjects.get(subject)
        return found.wrapped if found is not None else None

    def joined(self, connection: object) -> Store:
        """Return this store inside the caller's transaction.

        Args:
            connection: a `MemoryConnection` of this store.

        Raises:
            StoreError: a connection of another kind or another store.
        """
        if not isinstance(connection, MemoryConnection) or connection.of is not self:
            raise StoreError("EF-S018")
        return connection.store

    def close(self) -> None:
        """Refuse everything from now on; what was kept is gone."""
        with self._lock:
            self._closed = True
            self._tables.clear()

    def _of(self, tenant: str) -> Tables:
        if self._closed:
            raise StoreError("EF-S022")
        return self._tables[tenant]


class _JoinedStore(MemoryStore):
    """A store over a copy of the tables, which its connection publishes or throws away."""

    def close(self) -> None:
        """Do nothing: the connection is the caller's."""


class MemoryConnection:
    """A transaction of a caller's own, for tests of `connection=`: it sees what it wrote, others do so after `commit`.

    Args:
        of: the store it belongs to.
    """

    def __init__(self, of: MemoryStore) -> None:
        self.of = of
        self.store = _JoinedStore()
        self.rollback()

    def commit(self) -> None:
        """Make everything written visible.

        Raises:
            ConflictError: somebody else wrote meanwhile; nothing was written.
        """
        of, own = self.of, self.store
        with of._lock:  # noqa: SLF001 - the three classes are one mechanism
            if of._revision != self._base:  # noqa: SLF001
                self.rollback()
                raise ConflictError("EF-S024")
            of._tables = own._tables  # noqa: SLF001
            of._revision += 1  # noqa: SLF001
            self.rollback()

    def rollback(self) -> None:
        """Forget everything written, and begin anew."""
        of, own = self.of, self.store
        with of._lock:  # noqa: SLF001
            self._base = of._revision  # noqa: SLF001
            own._tables = defaultdict(Tables, {tenant: tables.copy() for tenant, tables in of._tables.items()})  # noqa: SLF001


def _is_asked_for(row: CaseRecord, wanted: CaseFilter) -> bool:
    return (
        (wanted.ids is None or row.id in wanted.ids)
        and wanted.procedure in {None, row.procedure}
        and wanted.status in {None, row.status}
        and wanted.number in {None, row.number}
        and wanted.applicant in {None, row.applicant}
        and (wanted.after is None or row.id < wanted.after)
    )


def _of_cases(tables: Mapping[str, Mapping[str, Row]], cases: str | frozenset[str] | None) -> list[Row]:
    """Return the rows of one case, of several, or of all."""
    wanted = tables.keys() if cases is None else {cases} if isinstance(cases, str) else cases
    return [row for case in wanted for row in tables.get(case, {}).values()]


def _is_wanted(row: Task, wanted: TaskFilter) -> bool:
    return (
        wanted.status in {None, row.status}
        and wanted.element in {None, row.element}
        and (not wanted.unassigned or not row.assignee)
        and (wanted.overdue_at is None or (row.due is not None and row.due < wanted.overdue_at))
        and _may_be_taken(row, wanted)
    )


def _may_be_taken(row: Task, wanted: TaskFilter) -> bool:
    if wanted.roles is None:
        return wanted.assignee in {None, row.assignee}
    has_it = wanted.assignee is not None and row.assignee == wanted.assignee
    return has_it or row.role in wanted.roles or not wanted.roles.isdisjoint(row.candidates)


def _first_free(rows: Iterable[Job], now: datetime) -> list[Job]:
    """The job of a case whose turn it is, if none is being worked on."""
    waiting = [row for row in rows if row.status == "waiting"]
    if any(row.leased_until is not None and row.leased_until > now for row in waiting):
        return []
    return sorted((row for row in waiting if row.due <= now), key=_turn)[:1]


def _turn(row: Job) -> tuple[int, datetime, str, int]:
    return (-row.priority, row.due, *place_in_order(row.id))


def _age(row: Task) -> tuple[datetime, str, int]:
    return (row.created, *place_in_order(row.id))

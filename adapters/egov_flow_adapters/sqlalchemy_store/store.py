# SPDX-License-Identifier: Apache-2.0
"""The six ports of persistence over one SQL database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

from egov_flow.ports import Store
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
from egov_flow_adapters.sqlalchemy_store import _jobs, _reading, _rows, _tasks
from egov_flow_adapters.sqlalchemy_store._database import Database, OwnDatabase
from egov_flow_adapters.sqlalchemy_store._rows import Mapping
from egov_flow_adapters.sqlalchemy_store._statements import listed, selecting
from egov_flow_adapters.sqlalchemy_store._writing import write

__all__ = ["SqlStore", "open_store"]

V = TypeVar("V")


def open_store(url: str) -> SqlStore:
    """Open the store at a URL; an empty database gets its tables.

    Args:
        url: `sqlite:///cases.db`, `sqlite://` (in memory, one process), `postgresql+psycopg://user:password@host/database`.

    Raises:
        StoreError: the database cannot be opened, or was made by a newer version of egov_flow.
    """
    return SqlStore(OwnDatabase(url))


class SqlStore:
    """Implements `ports.Store`; may be shared by threads. Every moment comes back in UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, tenant: str, case: str) -> CaseRecord | None:
        """Return the case, or None."""
        return self._one(_rows.CASES, tenant, id=case)

    def cases(self, tenant: str, filter: CaseFilter) -> tuple[CaseRecord, ...]:  # noqa: A002
        """Return the cases that the filter asks for, newest first."""
        with self._database.reading(tenant) as connection:
            return _reading.cases(connection, tenant, filter)

    def commit(self, change: Change, *more: Change) -> None:
        """Write the change, or several of different cases, in one transaction, or raise and write nothing."""
        with self._database.sending(change.tenant) as sending:
            for one in (change, *more):
                write(sending, one)

    def recorded(self, tenant: str, case: str) -> tuple[Recorded, ...]:
        """Return the accepted commands of a case, in order."""
        with self._database.reading(tenant) as connection:
            return _reading.recorded(connection, tenant, case)

    def remembered(self, tenant: str, kind: str, key: str) -> Remembered | None:
        """Return what an idempotency key was used for."""
        return self._one(_rows.REMEMBERED, tenant, kind=kind, key=key)

    def parts(self, tenant: str, case: str) -> dict[str, bytes]:
        """Return the parts of a large state by name."""
        return {part.name: part.content or b"" for part in self._all(_rows.PARTS, tenant, case=case)}

    def deployments(self, tenant: str) -> tuple[Deployment, ...]:
        """Return every deployed version without its files, oldest first."""
        with self._database.reading(tenant) as connection:
            return _reading.deployments(connection, tenant)

    def deployment(self, tenant: str, procedure: str, version: str) -> Deployment | None:
        """Return a deployed version whole, or None."""
        with self._database.reading(tenant) as connection:
            return _reading.deployment(connection, tenant, procedure, version)

    def task(self, tenant: str, task: str) -> Task | None:
        """Return the task, or None."""
        return self._one(_rows.TASKS, tenant, case=_rows.owner(task), id=task)

    def tasks(self, tenant: str, filter: TaskFilter) -> tuple[Task, ...]:  # noqa: A002
        """Return the tasks that the filter asks for, oldest first."""
        with self._database.reading(tenant) as connection:
            return _tasks.tasks(connection, tenant, filter)

    def deadlines(self, tenant: str, case: str | frozenset[str]) -> tuple[Deadline, ...]:
        """Return the deadlines of a case, or of several, in the order of their opening."""
        return self._all(_rows.DEADLINES, tenant, "opened", "name", case=case)

    def incidents(self, tenant: str, case: str | frozenset[str] | None) -> tuple[Incident, ...]:
        """Return the open incidents of a case, of several, or of all cases."""
        with self._database.reading(tenant) as connection:
            return _tasks.incidents(connection, tenant, case)

    def counts(self, tenant: str) -> tuple[Count, ...]:
        """Return how many tasks each element of each procedure has in each status, in that order."""
        with self._database.reading(tenant) as connection:
            return _tasks.counts(connection, tenant)

    def waits(self, tenant: str, name: str, key: str | None, case: str | None) -> tuple[tuple[str, Wait], ...]:
        """Return (case, wait) for every open wait for the message."""
        with self._database.reading(tenant) as connection:
            return _tasks.waits(connection, tenant, name, key, case)

    def lease(self, tenant: str, now: datetime, until: datetime, case: str | None, limit: int) -> tuple[Job, ...]:
        """Lease waiting jobs that are due and free, each with a higher fence; `attempts` is the caller's to count."""
        with self._database.reading(tenant) as connection:
            if not _jobs.has_free_jobs(connection, tenant, now, case):
                return ()
        with self._database.writing(tenant) as connection:
            return _jobs.lease(connection, tenant, now, until, case=case, limit=limit)

    def due(self, tenant: str, now: datetime, limit: int, case: str | None = None) -> tuple[Due, ...]:
        """Return timers and running deadlines whose time has come, earliest first; suspended cases are left out."""
        with self._database.reading(tenant) as connection:
            return _jobs.due(connection, tenant, now, case=case, limit=limit)

    def jobs(self, tenant: str, case: str) -> tuple[Job, ...]:
        """Return all jobs of a case, oldest first."""
        return self._all(_rows.JOBS, tenant, "counter", case=case)

    def waiting(self, tenant: str, limit: int) -> tuple[Job, ...]:
        """Return the jobs of all cases that wait, in the order in which they are leased."""
        with self._database.reading(tenant) as connection:
            return _jobs.waiting(connection, tenant, limit)

    def events(self, tenant: str, case: str) -> Iterator[ChainedEvent]:
        """Yield the events of a case in order, with the very bytes that were stored."""
        return _reading.events(lambda: self._database.reading(tenant), tenant, case)

    def chains(self, tenant: str) -> Iterator[tuple[str, int, str]]:
        """Yield (case, last case_seq, last leaf) for every case, `registry` if anything was deployed, and 0 for events without a case."""
        return _reading.chains(lambda: self._database.reading(tenant), tenant)

    def tenants(self) -> tuple[str, ...]:
        """Return every tenant of whom anything is recorded, in order."""
        with self._database.reading() as connection:
            return _reading.tenants(connection)

    def keys(self, tenant: str, cases: frozenset[str]) -> tuple[tuple[str, CaseKey, bytes | None], ...]:
        """Return (case, its key as the key of one of its subjects wraps it, that subject's wrapped key) for each subject of each case."""
        with self._database.reading(tenant) as connection:
            return _reading.keys(connection, tenant, cases)

    def subject(self, tenant: str, subject: str) -> bytes | None:
        """Return a subject's wrapped key, or None."""
        found = self._one(_rows.SUBJECT_KEYS, tenant, subject=subject)
        return found.wrapped if found is not None else None

    def joined(self, connection: object) -> Store:
        """Return this store inside the caller's transaction: nothing is committed until the caller commits.

        Args:
            connection: a SQLAlchemy Connection to the same database.

        Raises:
            StoreError: it is none, leads to another database, or commits by itself.
        """
        return SqlStore(self._database.join(connection))

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def _one(self, mapping: Mapping[V], tenant: str, **of: Any) -> V | None:
        rows = self._all(mapping, tenant, **of)
        return rows[0] if rows else None

    def _all(self, mapping: Mapping[V], tenant: str, *order: str, **of: Any) -> tuple[V, ...]:
        with self._database.reading(tenant) as connection:
            several = {name: listed(value, connection.dialect) for name, value in of.items() if isinstance(value, frozenset)}
            statement = selecting(mapping.table, connection.dialect, mapping.names, ("tenant", *of), order, several="".join(several))
            rows = list(statement.run(connection, {"tenant": tenant, **of, **several}).all())
        return tuple(map(mapping.value, rows))

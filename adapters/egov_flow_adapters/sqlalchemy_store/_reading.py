# SPDX-License-Identifier: Apache-2.0
"""The questions that the ports ask, as statements over one open connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import groupby
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, Select, literal, literal_column, or_, select, tuple_, union_all
from sqlalchemy import update as update_rows
from sqlalchemy.sql.expression import bindparam, exists

from egov_flow.errors import StoreError
from egov_flow.values import CaseFilter, CaseRecord, ChainedEvent, Deployment, Due, Incident, Job, Task, TaskFilter, Wait
from egov_flow_adapters.sqlalchemy_store import _rows, _schema
from egov_flow_adapters.sqlalchemy_store._rows import microseconds, moment
from egov_flow_adapters.sqlalchemy_store._writing import REGISTRY

__all__ = ["PAGE", "cases", "chains", "deployments", "due", "events", "fetch", "has_free_jobs", "incidents", "lease", "tasks", "waits"]

PAGE = 500
"""Rows fetched at once while a trail is read: nobody holds the database while the reader thinks."""

Reading = Callable[[], AbstractContextManager[Connection]]


def fetch(connection: Connection, statement: Select[Any], table: str) -> list[Any]:
    """Return all rows, each like a tuple.

    Raises:
        StoreError: a column holds what its type cannot be.
    """
    result = connection.execute(statement)
    try:
        return list(result.all())
    except (TypeError, ValueError):
        raise StoreError("EF-S019", table=table) from None


def cases(connection: Connection, tenant: str, wanted: CaseFilter) -> tuple[CaseRecord, ...]:
    """Answer `CaseStore.cases`."""
    table = _schema.cases
    statement = select(*_rows.CASES.columns).where(table.c.tenant == tenant)
    for name in ("procedure", "status", "number", "applicant"):
        value = getattr(wanted, name)
        if value is not None:
            statement = statement.where(table.c[name] == value)
    if wanted.after is not None:
        statement = statement.where(table.c.id < wanted.after)
    rows = fetch(connection, statement.order_by(table.c.id.desc()).limit(wanted.limit), table.name)
    return tuple(map(_rows.CASES.value, rows))


def deployments(connection: Connection, tenant: str) -> tuple[Deployment, ...]:
    """Answer `CaseStore.deployments`."""
    files, table = _schema.deployment_files, _schema.deployments
    contents = select(files.c.procedure, files.c.version, files.c.path, files.c.content).where(files.c.tenant == tenant)
    found = fetch(connection, contents.order_by(files.c.procedure, files.c.version, files.c.path), files.name)
    of = {key: tuple((row[2], row[3]) for row in group) for key, group in groupby(found, key=lambda row: (row[0], row[1]))}
    statement = select(table.c.procedure, table.c.version, *_rows.DEPLOYMENTS.columns).where(table.c.tenant == tenant)
    rows = fetch(connection, statement.order_by(table.c.position), table.name)
    return tuple(_rows.DEPLOYMENTS.value(row[2:], files=of.get((row[0], row[1]), ())) for row in rows)


def tasks(connection: Connection, tenant: str, wanted: TaskFilter) -> tuple[Task, ...]:
    """Answer `TaskQuery.tasks`."""
    table = _schema.tasks
    age = (table.c.created, table.c.case, table.c.counter)
    statement = select(*_rows.TASKS.columns).where(*_conditions(tenant, wanted))
    if wanted.after is not None:
        last = fetch(
            connection,
            select(*age).where(table.c.tenant == tenant, table.c.case == _rows.owner(wanted.after), table.c.id == wanted.after),
            table.name,
        )
        if not last:
            return ()
        statement = statement.where(tuple_(*age) > tuple_(*map(literal, last[0])))
    rows = fetch(connection, statement.order_by(*age).limit(wanted.limit), table.name)
    return tuple(map(_rows.TASKS.value, rows))


def _conditions(tenant: str, wanted: TaskFilter) -> Iterator[ColumnElement[bool]]:
    table = _schema.tasks
    yield table.c.tenant == tenant
    if wanted.status == "open":
        yield table.c.status == literal_column("'open'")  # not a parameter: only so does the database see that the small index fits
    elif wanted.status is not None:
        yield table.c.status == wanted.status
    if wanted.case is not None:
        yield table.c.case == wanted.case
    if wanted.element is not None:
        yield table.c.element == wanted.element
    if wanted.unassigned:
        yield table.c.assignee == ""
    if wanted.overdue_at is not None:
        yield table.c.due < microseconds(wanted.overdue_at, "overdue_at")
    if wanted.roles is not None:
        yield _may_be_taken(tenant, wanted.roles, wanted.assignee)
    elif wanted.assignee is not None:
        yield table.c.assignee == wanted.assignee


def _may_be_taken(tenant: str, roles: frozenset[str], assignee: str | None) -> ColumnElement[bool]:
    table, candidates = _schema.tasks, _schema.candidates
    named = select(candidates.c.task).where(candidates.c.tenant == tenant, candidates.c.name.in_(sorted(roles)))
    ways = [table.c.role.in_(sorted(roles)), table.c.id.in_(named)]
    return or_(*ways, table.c.assignee == assignee) if assignee is not None else or_(*ways)


def waits(connection: Connection, tenant: str, name: str, key: str | None, case: str | None) -> tuple[tuple[str, Wait], ...]:
    """Answer `TaskQuery.waits`."""
    table = _schema.waits
    statement = select(table.c.case, *_rows.WAITS.columns).where(table.c.tenant == tenant, table.c.name == name)
    if key is not None:
        statement = statement.where(table.c.key == key)
    if case is not None:
        statement = statement.where(table.c.case == case)
    rows = fetch(connection, statement.order_by(table.c.case, table.c.wait), table.name)
    return tuple((row[0], _rows.WAITS.value(row[1:])) for row in rows)


def incidents(connection: Connection, tenant: str, case: str | None) -> tuple[Incident, ...]:
    """Answer `TaskQuery.incidents`."""
    table = _schema.incidents
    statement = select(*_rows.INCIDENTS.columns).where(table.c.tenant == tenant, table.c.closed.is_(None))
    if case is not None:
        statement = statement.where(table.c.case == case)
    rows = fetch(connection, statement.order_by(table.c.case, table.c.counter), table.name)
    return tuple(map(_rows.INCIDENTS.value, rows))


def _free(tenant: str, now: datetime, case: str | None) -> tuple[ColumnElement[bool], ...]:
    table, at = _schema.jobs, microseconds(now)
    waiting = table.c.status == literal_column("'waiting'")
    free = or_(table.c.leased_until.is_(None), table.c.leased_until <= at)
    conditions = (table.c.tenant == tenant, waiting, table.c.due <= at, free)
    return conditions if case is None else (*conditions, table.c.case == case)


def has_free_jobs(connection: Connection, tenant: str, now: datetime, case: str | None) -> bool:
    """Say whether `lease` would find anything, without keeping writers waiting."""
    return connection.execute(select(literal(1)).where(*_free(tenant, now, case)).limit(1)).first() is not None


def lease(connection: Connection, tenant: str, now: datetime, until: datetime, *, case: str | None, limit: int) -> tuple[Job, ...]:
    """Answer `JobQueue.lease` in the open transaction."""
    table = _schema.jobs
    statement = select(*_rows.JOBS.columns).where(*_free(tenant, now, case))
    statement = statement.order_by(table.c.due, table.c.case, table.c.counter).limit(limit).with_for_update(skip_locked=True)
    found = [_rows.JOBS.value(row) for row in fetch(connection, statement, table.name)]
    if not found:
        return ()
    taken = update_rows(table).where(table.c.tenant == tenant, table.c.case == bindparam("of_case"), table.c.id == bindparam("of_id"))
    stored = microseconds(until, "until")
    connection.execute(
        taken.values(leased_until=stored, fence=table.c.fence + 1), [{"of_case": job.case, "of_id": job.id} for job in found]
    )
    return tuple(_leased(job, moment(stored)) for job in found)


def _leased(job: Job, until: datetime) -> Job:
    return attrs.evolve(job, leased_until=until, fence=job.fence + 1)


def due(connection: Connection, tenant: str, now: datetime, limit: int) -> tuple[Due, ...]:
    """Answer `JobQueue.due`."""
    timers, deadlines, at = _schema.timers, _schema.deadlines, microseconds(now)
    ringing = select(timers.c.due, literal("timer").label("kind"), timers.c.case, timers.c.wait, literal("").label("name"))
    ending = select(deadlines.c.due, literal("deadline").label("kind"), deadlines.c.case, literal(0).label("wait"), deadlines.c.name)
    both = union_all(
        ringing.where(timers.c.tenant == tenant, timers.c.due <= at),
        ending.where(deadlines.c.tenant == tenant, deadlines.c.status == literal_column("'running'"), deadlines.c.due <= at),
    ).subquery()
    rows = fetch(
        connection, select(both).order_by(*(both.c[i] for i in ("due", "kind", "case", "wait", "name"))).limit(limit), "egov_timers"
    )
    return tuple(Due(kind, case, str(wait) if kind == "timer" else name, moment(at)) for at, kind, case, wait, name in rows)


def events(reading: Reading, tenant: str, case: str) -> Iterator[ChainedEvent]:
    """Answer `AuditLog.events`, page by page."""
    table = _schema.events
    first = select(*_rows.EVENTS.columns, table.c.data, table.c.prev, table.c.leaf).where(table.c.tenant == tenant, table.c.case == case)
    statement = first.order_by(table.c.case_seq).limit(PAGE)
    while True:
        with reading() as connection:
            rows = fetch(connection, statement, table.name)
        for row in rows:
            data, prev, leaf = row[-3:]
            if type(data) is not bytes:  # SQLite lets anybody put text into a column of bytes
                raise StoreError("EF-S019", table=table.name)
            yield ChainedEvent(_rows.EVENTS.value(row[:-3]), data, prev, leaf)
        if len(rows) < PAGE:
            return
        last = rows[-1][_rows.EVENTS.names.index("case_seq")]
        statement = first.where(table.c.case_seq > last).order_by(table.c.case_seq).limit(PAGE)


def chains(reading: Reading, tenant: str) -> Iterator[tuple[str, int, str]]:
    """Answer `AuditLog.chains`, page by page; a case that has events and no row is yielded with 0 and ""."""
    table, log, heads = _schema.cases, _schema.events, _schema.registries
    after = ""
    while True:
        statement = select(table.c.id, table.c.last_seq, table.c.last_leaf).where(table.c.tenant == tenant, table.c.id > after)
        with reading() as connection:
            rows = fetch(connection, statement.order_by(table.c.id).limit(PAGE), table.name)
        yield from ((row[0], row[1], row[2]) for row in rows)
        if len(rows) < PAGE:
            break
        after = rows[-1][0]
    has_head = or_(
        exists().where(table.c.tenant == tenant, table.c.id == log.c.case), exists().where(heads.c.tenant == tenant, log.c.case == REGISTRY)
    )
    with reading() as connection:
        head = fetch(connection, select(heads.c.last_seq, heads.c.last_leaf).where(heads.c.tenant == tenant), heads.name)
        orphans = fetch(connection, select(log.c.case).where(log.c.tenant == tenant, ~has_head).distinct().order_by(log.c.case), log.name)
    yield from ((REGISTRY, row[0], row[1]) for row in head)
    yield from ((row[0], 0, "") for row in orphans)

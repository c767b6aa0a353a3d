# SPDX-License-Identifier: Apache-2.0
"""Work for handlers, and what is due."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.engine import Dialect

from egov_flow.values import Due, Job
from egov_flow_adapters.sqlalchemy_store import _rows, _schema
from egov_flow_adapters.sqlalchemy_store._rows import microseconds, moment
from egov_flow_adapters.sqlalchemy_store._sending import AtOnce
from egov_flow_adapters.sqlalchemy_store._statements import Statement

__all__ = ["due", "has_free_jobs", "lease", "waiting"]

_JOBS = _schema.jobs


def has_free_jobs(connection: Connection, tenant: str, now: datetime, case: str | None) -> bool:
    """Say whether `lease` would find anything, without keeping writers waiting."""
    values = {"tenant": tenant, "now": microseconds(now), "case": case}
    return _looking(connection.dialect, case is not None).run(connection, values).first() is not None


def lease(connection: Connection, tenant: str, now: datetime, until: datetime, *, case: str | None, limit: int) -> tuple[Job, ...]:
    """Answer `JobQueue.lease` in the open transaction."""
    values = {"tenant": tenant, "now": microseconds(now), "case": case, "limit": limit}
    found = [_rows.JOBS.value(row) for row in _finding(connection.dialect, case is not None).run(connection, values).all()]
    end = microseconds(until, "until")
    if found:
        rows = [{"tenant": tenant, "of_case": job.case, "of_id": job.id, "until": end} for job in found]
        AtOnce(connection).send(_taking(connection.dialect), rows)
    return tuple(attrs.evolve(job, leased_until=moment(end), fence=job.fence + 1) for job in found)


def waiting(connection: Connection, tenant: str, limit: int) -> tuple[Job, ...]:
    """Answer `JobQueue.waiting`."""
    rows = _queueing(connection.dialect).run(connection, {"tenant": tenant, "limit": limit}).all()
    return tuple(_rows.JOBS.value(row) for row in rows)


def due(connection: Connection, tenant: str, now: datetime, *, case: str | None, limit: int) -> tuple[Due, ...]:
    """Answer `JobQueue.due`."""
    values = {"tenant": tenant, "now": microseconds(now), "case": case, "limit": limit}
    rows: list[Any] = list(_ringing(connection.dialect, case is not None).run(connection, values).all())
    return tuple(_due(*row) for row in rows)


def _due(at: int, kind: str, case: str, wait: int, name: str) -> Due:
    return Due(kind, case, str(wait) if kind == "timer" else name, moment(at))


def _free(statement: Select[Any], *, of_case: bool) -> Select[Any]:
    """The jobs whose turn it is: of each case that is awake the first that is due, while no other of its jobs is being worked on."""
    waiting = _JOBS.c.status == literal_column("'waiting'")
    free = or_(_JOBS.c.leased_until.is_(None), _JOBS.c.leased_until <= bindparam("now"))
    statement = statement.where(
        _JOBS.c.tenant == bindparam("tenant"), waiting, _JOBS.c.due <= bindparam("now"), free, ~_another_goes_first(), ~_sleeps(_JOBS)
    )
    return statement.where(_JOBS.c.case == bindparam("case")) if of_case else statement


def _another_goes_first() -> ColumnElement[bool]:
    other, job = _JOBS.alias("other").c, _JOBS.c
    # Where many jobs wait and PostgreSQL has not yet counted them, it would read all of them for each. So they are looked up job by job, which the
    # offset demands, and by the primary key, since a function hides that an index of those that wait would do.
    is_waiting = func.coalesce(other.status, literal_column("''")) == literal_column("'waiting'")
    of_same_case = (other.tenant == job.tenant, other.case == job.case, is_waiting, other.id != job.id)
    is_earlier = or_(
        other.priority > job.priority,
        and_(other.priority == job.priority, tuple_(other.due, other.counter, other.id) < tuple_(job.due, job.counter, job.id)),
    )
    is_worked_on = other.leased_until > bindparam("now")
    first: Select[Any] = select(literal_column("1")).where(
        *of_same_case, or_(is_worked_on, and_(other.due <= bindparam("now"), is_earlier))
    )
    return first.offset(literal_column("0")).correlate(_JOBS).exists()


@cache
def _looking(dialect: Dialect, of_case: bool) -> Statement:
    return Statement(_free(select(literal_column("1")), of_case=of_case).limit(literal_column("1")), dialect)


@cache
def _finding(dialect: Dialect, of_case: bool) -> Statement:
    statement = _free(select(*_rows.JOBS.columns), of_case=of_case).order_by(*_turn())
    return Statement(statement.limit(bindparam("limit")).with_for_update(skip_locked=True, of=_JOBS), dialect)


@cache
def _queueing(dialect: Dialect) -> Statement:
    statement = select(*_rows.JOBS.columns).where(_JOBS.c.tenant == bindparam("tenant"), _JOBS.c.status == literal_column("'waiting'"))
    return Statement(statement.order_by(*_turn()).limit(bindparam("limit")), dialect)


def _turn() -> tuple[ColumnElement[Any], ...]:
    return (_JOBS.c.priority.desc(), _JOBS.c.due, _JOBS.c.case, _JOBS.c.counter)


@cache
def _taking(dialect: Dialect) -> Statement:
    statement = update(_JOBS).where(
        _JOBS.c.tenant == bindparam("tenant"), _JOBS.c.case == bindparam("of_case"), _JOBS.c.id == bindparam("of_id")
    )
    return Statement(statement.values(leased_until=bindparam("until"), fence=_JOBS.c.fence + literal_column("1")), dialect)


@cache
def _ringing(dialect: Dialect, of_case: bool) -> Statement:
    timers, deadlines = _schema.timers, _schema.deadlines
    of_timers = select(
        timers.c.due, literal_column("'timer'").label("kind"), timers.c.case, timers.c.wait, literal_column("''").label("name")
    )
    of_deadlines = select(
        deadlines.c.due, literal_column("'deadline'").label("kind"), deadlines.c.case, literal_column("0").label("wait"), deadlines.c.name
    ).where(deadlines.c.status == literal_column("'running'"))
    pages = [_of_awake_cases(of_timers, timers, of_case=of_case), _of_awake_cases(of_deadlines, deadlines, of_case=of_case)]
    both = union_all(*(select(page.subquery()) for page in pages)).subquery()
    return Statement(select(both).order_by(*_order(both)).limit(bindparam("limit")), dialect)


def _of_awake_cases(statement: Select[Any], table: Table, *, of_case: bool) -> Select[Any]:
    """The earliest rows whose time has come, of cases that are not suspended; as a page of its own it is read along the index by due."""
    statement = statement.where(table.c.tenant == bindparam("tenant"), table.c.due <= bindparam("now"), ~_sleeps(table))
    if of_case:
        statement = statement.where(table.c.case == bindparam("case"))
    return statement.order_by(table.c.due, table.c.case, table.c.wait if "wait" in table.c else table.c.name).limit(bindparam("limit"))


def _sleeps(table: Table) -> ColumnElement[bool]:
    """Whether the case of a row is suspended."""
    cases = _schema.cases
    return exists().where(cases.c.tenant == table.c.tenant, cases.c.id == table.c.case, cases.c.status == literal_column("'suspended'"))


def _order(both: FromClause) -> tuple[ColumnElement[Any], ...]:
    return tuple(both.c[name] for name in ("due", "kind", "case", "wait", "name"))

# SPDX-License-Identifier: Apache-2.0
"""Open work: tasks, incidents, waits for messages.

Each way by which somebody may take a task (a role, being named as a candidate, having it) is read along its own index, then the ways are joined.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal_column, select, tuple_, union
from sqlalchemy.engine import Dialect

from egov_flow.values import Count, Incident, Task, TaskFilter, Wait
from egov_flow_adapters.sqlalchemy_store import _rows, _schema
from egov_flow_adapters.sqlalchemy_store._rows import microseconds
from egov_flow_adapters.sqlalchemy_store._statements import Statement, among, listed, selecting

__all__ = ["counts", "incidents", "tasks", "waits"]

_TASKS = _schema.tasks
_AGE = ("created", "case", "counter")


def tasks(connection: Connection, tenant: str, wanted: TaskFilter) -> tuple[Task, ...]:
    """Answer `TaskQuery.tasks`."""
    values: dict[str, Any] = {"tenant": tenant, **attrs.asdict(wanted, recurse=False)}
    if wanted.overdue_at is not None:
        values["overdue_at"] = microseconds(wanted.overdue_at, "overdue_at")
    if wanted.after is not None:
        of = {"tenant": tenant, "case": _rows.owner(wanted.after), "id": wanted.after}
        last = selecting(_TASKS, connection.dialect, _AGE, tuple(of)).run(connection, of).first()
        if last is None:
            return ()
        values.update({f"after_{name}": value for name, value in zip(_AGE, last, strict=True)})
    if isinstance(wanted.case, frozenset):
        values["case"] = listed(wanted.case, connection.dialect)
    roles = sorted(wanted.roles or ())
    values.update({f"role_{number}": role for number, role in enumerate(roles)})
    if wanted.roles is not None and not roles and wanted.assignee is None:
        return ()
    rows = _listing(connection.dialect, _shape(wanted), -1 if wanted.roles is None else len(roles)).run(connection, values).all()
    return tuple(map(_rows.TASKS.value, rows))


def _shape(wanted: TaskFilter) -> TaskFilter:
    """The filter without what its parameters say, so that filters of one shape share a statement.

    The limit stays: only who knows it sees that an index in the right order is the best plan.
    """
    given: dict[str, Any] = {name: "" if getattr(wanted, name) is not None else None for name in ("element", "after")}
    given["case"] = frozenset[str]() if isinstance(wanted.case, frozenset) else None if wanted.case is None else ""
    status = wanted.status if wanted.status in {"open", None} else ""
    assignee = None if wanted.assignee is None else "x" * bool(wanted.assignee)
    overdue = wanted.overdue_at and wanted.overdue_at.min
    return attrs.evolve(wanted, **given, status=status, assignee=assignee, overdue_at=overdue, roles=None)


@lru_cache(maxsize=512)
def _listing(dialect: Dialect, shape: TaskFilter, roles: int) -> Statement:
    """The statement for a filter of a shape with that many roles; -1 for all tasks."""
    conditions = list(_conditions(shape, dialect))
    limit: ColumnElement[int] = literal_column(str(int(shape.limit)))
    pages = [way.where(*conditions).order_by(*(_TASKS.c[name] for name in _AGE)).limit(limit) for way in _ways(shape, roles)]
    if len(pages) == 1:
        return Statement(pages[0], dialect)
    both = union(*(select(page.subquery()) for page in pages)).subquery()
    return Statement(select(both).order_by(*(both.c[name] for name in _AGE)).limit(limit), dialect)


def _conditions(shape: TaskFilter, dialect: Dialect) -> Iterator[ColumnElement[bool]]:
    yield _TASKS.c.tenant == bindparam("tenant")
    if shape.status == "open":
        yield _TASKS.c.status == literal_column("'open'")  # not a parameter: only so does the database see that a partial index fits
    elif shape.status is not None:
        yield _TASKS.c.status == bindparam("status")
    if shape.case is not None:
        yield among(_TASKS.c.case, dialect) if isinstance(shape.case, frozenset) else _TASKS.c.case == bindparam("case")
    if shape.element is not None:
        yield _TASKS.c.element == bindparam("element")
    if shape.unassigned:
        yield _TASKS.c.assignee == literal_column("''")
    if shape.overdue_at is not None:
        yield _TASKS.c.due < bindparam("overdue_at")
    if shape.after is not None:
        yield tuple_(*(_TASKS.c[name] for name in _AGE)) > tuple_(*(bindparam(f"after_{name}", type_=_TASKS.c[name].type) for name in _AGE))


def _ways(shape: TaskFilter, roles: int) -> Iterator[Select[Any]]:
    """One statement for each way: a role, being named as a candidate, having it."""
    every = select(*_rows.TASKS.columns, _TASKS.c.counter)
    if roles < 0:
        yield every if shape.assignee is None else every.where(_has(shape))
        return
    parameters: list[ColumnElement[Any]] = [bindparam(f"role_{number}") for number in range(roles)]
    for role in parameters:
        yield every.where(_TASKS.c.role == role)
    if parameters:
        named = _schema.candidates
        is_named = and_(named.c.tenant == _TASKS.c.tenant, named.c.case == _TASKS.c.case, named.c.task == _TASKS.c.id)
        yield every.join(named, is_named).where(named.c.tenant == bindparam("tenant"), named.c.name.in_(parameters))
    if shape.assignee is not None:
        yield every.where(_has(shape))


def _has(shape: TaskFilter) -> ColumnElement[bool]:
    has = _TASKS.c.assignee == bindparam("assignee")
    return and_(has, _TASKS.c.assignee != literal_column("''")) if shape.assignee else has  # the index leaves out what nobody has


def counts(connection: Connection, tenant: str) -> tuple[Count, ...]:
    """Answer `TaskQuery.counts`."""
    rows: list[Any] = list(_counting(connection.dialect).run(connection, {"tenant": tenant}).all())
    return tuple(Count(*row) for row in rows)


@cache
def _counting(dialect: Dialect) -> Statement:
    cases = _schema.cases
    by = (cases.c.procedure, _TASKS.c.element, _TASKS.c.status)
    both = and_(cases.c.tenant == _TASKS.c.tenant, cases.c.id == _TASKS.c.case)
    statement = select(*by, func.count()).select_from(_TASKS.join(cases, both)).where(_TASKS.c.tenant == bindparam("tenant"))
    return Statement(statement.group_by(*by).order_by(*by), dialect)


def waits(connection: Connection, tenant: str, name: str, key: str | None, case: str | None) -> tuple[tuple[str, Wait], ...]:
    """Answer `TaskQuery.waits`."""
    of = {"tenant": tenant, "name": name, "key": key, "case": case}
    of = {column: value for column, value in of.items() if value is not None}
    statement = selecting(_schema.waits, connection.dialect, ("case", *_rows.WAITS.names), tuple(of), ("case", "wait"))
    return tuple((row[0], _rows.WAITS.value(row[1:])) for row in statement.run(connection, of).all())


def incidents(connection: Connection, tenant: str, case: str | frozenset[str] | None) -> tuple[Incident, ...]:
    """Answer `TaskQuery.incidents`."""
    statement = _open_incidents(connection.dialect, of_all=case is None, several=isinstance(case, frozenset))
    of = listed(case, connection.dialect) if isinstance(case, frozenset) else case
    return tuple(map(_rows.INCIDENTS.value, statement.run(connection, {"tenant": tenant, "case": of}).all()))


@cache
def _open_incidents(dialect: Dialect, *, of_all: bool, several: bool) -> Statement:
    table = _schema.incidents
    statement = select(*_rows.INCIDENTS.columns).where(table.c.tenant == bindparam("tenant"), table.c.closed.is_(None))
    if not of_all:
        statement = statement.where(among(table.c.case, dialect) if several else table.c.case == bindparam("case"))
    return Statement(statement.order_by(table.c.case, table.c.counter), dialect)

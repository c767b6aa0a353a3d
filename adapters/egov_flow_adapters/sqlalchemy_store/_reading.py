# SPDX-License-Identifier: Apache-2.0
"""Cases, deployments and the audit trail, read over one open connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.expression import exists

from egov_flow.errors import StoreError
from egov_flow.values import CaseFilter, CaseKey, CaseRecord, ChainedEvent, Deployment, Recorded
from egov_flow_adapters.sqlalchemy_store import _rows, _schema, _trail
from egov_flow_adapters.sqlalchemy_store._statements import Statement, among, listed
from egov_flow_adapters.sqlalchemy_store._writing import REGISTRY

__all__ = ["PAGE", "cases", "chains", "deployment", "deployments", "events", "fetch", "keys", "recorded", "tenants"]

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
    if wanted.ids is not None:
        statement = statement.where(table.c.id.in_(sorted(wanted.ids)))
    if wanted.mark is not None:
        marks = _schema.search
        is_of = and_(marks.c.tenant == table.c.tenant, marks.c.case == table.c.id)
        has_mark = and_(marks.c.tenant == tenant, marks.c.name == wanted.mark.name, marks.c.mark == wanted.mark.mark, marks.c.mark != "")
        statement = statement.join(marks, is_of).where(has_mark)
    if wanted.after is not None:
        statement = statement.where(table.c.id < wanted.after)
    rows = fetch(connection, statement.order_by(table.c.id.desc()).limit(wanted.limit), table.name)
    return tuple(map(_rows.CASES.value, rows))


def keys(connection: Connection, tenant: str, cases: frozenset[str]) -> tuple[tuple[str, CaseKey, bytes | None], ...]:
    """Answer `KeyVault.keys`."""
    rows = _keys(connection.dialect).run(connection, {"tenant": tenant, "case": listed(cases, connection.dialect)}).all()
    return tuple((case, _rows.CASE_KEYS.value(row), wrapped) for case, wrapped, *row in rows)


@cache
def _keys(dialect: Dialect) -> Statement:
    kept, subjects = _schema.case_keys, _schema.subject_keys
    of_subject = and_(subjects.c.tenant == kept.c.tenant, subjects.c.subject == kept.c.subject)
    statement = select(kept.c.case, subjects.c.wrapped.label("own"), *_rows.CASE_KEYS.columns).join(subjects, of_subject, isouter=True)
    statement = statement.where(kept.c.tenant == bindparam("tenant"), among(kept.c.case, dialect))
    return Statement(statement.order_by(kept.c.case, kept.c.subject), dialect)


def deployments(connection: Connection, tenant: str) -> tuple[Deployment, ...]:
    """Answer `Registry.deployments`."""
    table = _schema.deployments
    statement = select(*_rows.DEPLOYMENTS.columns).where(table.c.tenant == tenant)
    return tuple(_rows.DEPLOYMENTS.value(row, files=()) for row in fetch(connection, statement.order_by(table.c.position), table.name))


def deployment(connection: Connection, tenant: str, procedure: str, version: str) -> Deployment | None:
    """Answer `Registry.deployment`."""
    table, files = _schema.deployments, _schema.deployment_files
    wanted = {"tenant": tenant, "procedure": procedure, "version": version}
    statement = select(*_rows.DEPLOYMENTS.columns).where(*(table.c[name] == value for name, value in wanted.items()))
    found = fetch(connection, statement, table.name)
    if not found:
        return None
    contents = select(files.c.path, files.c.content).where(*(files.c[name] == value for name, value in wanted.items()))
    rows = fetch(connection, contents.order_by(files.c.path), files.name)
    return _rows.DEPLOYMENTS.value(found[0], files=tuple((path, content) for path, content in rows))


def events(reading: Reading, tenant: str, case: str) -> Iterator[ChainedEvent]:
    """Answer `AuditLog.events`, page by page."""
    table = _schema.events
    first = select(table.c.case_seq, table.c.lines, table.c.leaves).where(table.c.tenant == tenant, table.c.case == case)
    statement = first.order_by(table.c.case_seq).limit(PAGE)
    while True:
        with reading() as connection:
            rows = fetch(connection, statement, table.name)
        for row in rows:
            yield from _trail.events(*row)
        if len(rows) < PAGE:
            return
        statement = first.where(table.c.case_seq > rows[-1][0]).order_by(table.c.case_seq).limit(PAGE)


def recorded(connection: Connection, tenant: str, case: str) -> tuple[Recorded, ...]:
    """Answer `CaseStore.recorded`."""
    table = _schema.events
    statement = select(table.c.lines, table.c.number, table.c.target, table.c.payload).where(
        table.c.tenant == tenant, table.c.case == case, table.c.payload.is_not(None)
    )
    rows = fetch(connection, statement.order_by(table.c.case_seq), table.name)
    return tuple(_trail.command(case, *row) for row in rows)


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


def tenants(connection: Connection) -> tuple[str, ...]:
    """Answer `AuditLog.tenants`: one look into an index for each tenant, however many cases it has."""
    found: set[str] = set()
    for table in (_schema.cases, _schema.events, _schema.registries):
        after: str | None = ""
        while after is not None:
            (after,) = connection.execute(select(func.min(table.c.tenant)).where(table.c.tenant > after)).one()
            found |= {after} - {None}
    return tuple(sorted(found))

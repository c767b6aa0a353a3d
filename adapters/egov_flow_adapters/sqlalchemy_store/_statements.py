# SPDX-License-Identifier: Apache-2.0
"""Statements written once with SQLAlchemy and compiled once per dialect.

To look a statement up in SQLAlchemy's cache takes longer than SQLite takes to run it, and a step runs six or seven; so the text is kept here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, CursorResult, Table, bindparam, case, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.expression import ClauseElement

__all__ = ["Statement", "deleting", "inserting", "selecting", "updating", "upserting"]

_UPSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Statement:
    """SQL of one dialect, to be run many times.

    Args:
        construct: a SQLAlchemy Core construct whose every value is a bind parameter.
        dialect: of the connections it will run on.
        columns: of an insert, those that are given.
    """

    def __init__(self, construct: ClauseElement, dialect: Dialect, columns: Sequence[str] | None = None) -> None:
        compiled = construct.compile(dialect=dialect, column_keys=list(columns) if columns is not None else None)
        self._sql = str(compiled)
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}  # what a dialect adds, like OFFSET 0
        order: tuple[str, ...] | None = tuple(compiled.positiontup) if dialect.positional else None  # type: ignore[attr-defined]
        self._get = itemgetter(*order) if order is not None and len(order) > 1 else None
        self._order = order

    def run(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Run it once."""
        return connection.exec_driver_sql(self._sql, self._parameters(values))

    def run_each(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run it for each row."""
        connection.exec_driver_sql(self._sql, [self._parameters(row) for row in rows])

    def _parameters(self, values: Mapping[str, Any]) -> Any:
        if self._fixed:
            values = {**self._fixed, **values}
        if self._get is not None:
            return self._get(values)
        return dict(values) if self._order is None else tuple(values[name] for name in self._order)


@cache
def inserting(table: Table, dialect: Dialect, columns: tuple[str, ...]) -> Statement:
    """Return the statement that adds a row."""
    return Statement(insert(table), dialect, columns)


@cache
def upserting(table: Table, dialect: Dialect, columns: tuple[str, ...]) -> Statement:
    """Return the statement that writes a row over its older self."""
    construct = _UPSERTS[dialect.name](table)
    new = construct.excluded
    changing = {column.key: new[column.key] for column in table.c if not column.primary_key and column.key != "case"}
    if "fence" in changing:  # a step that began before a lease must not give it back
        changing["fence"] = case((new.fence > table.c.fence, new.fence), else_=table.c.fence)
    construct = construct.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=changing)
    return Statement(construct, dialect, columns)


@cache
def updating(table: Table, dialect: Dialect, changing: tuple[str, ...], where: tuple[str, ...]) -> Statement:
    """Return the statement that sets columns to the parameters `to_<column>` where others equal `is_<column>`."""
    construct = update(table).where(*(table.c[name] == bindparam(f"is_{name}") for name in where))
    return Statement(construct.values({name: bindparam(f"to_{name}") for name in changing}), dialect)


@cache
def deleting(table: Table, dialect: Dialect, where: tuple[str, ...]) -> Statement:
    """Return the statement that deletes the rows where columns equal the parameters of their names."""
    return Statement(delete(table).where(*(table.c[name] == bindparam(name) for name in where)), dialect)


@cache
def selecting(table: Table, dialect: Dialect, columns: tuple[str, ...], where: tuple[str, ...], order: tuple[str, ...] = ()) -> Statement:
    """Return the statement that selects columns where others equal the parameters of their names."""
    construct = select(*(table.c[name] for name in columns)).where(*(table.c[name] == bindparam(name) for name in where))
    return Statement(construct.order_by(*(table.c[name] for name in order)), dialect)

# SPDX-License-Identifier: Apache-2.0
"""Statements written once with SQLAlchemy and compiled once per dialect.

To look a statement up in SQLAlchemy's cache, and to make a result of what it finds, takes several times as long as SQLite takes to run it, and a step runs
seven; so the text is kept here and given to the driver's own cursor, on SQLAlchemy's connection and in its transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import Column, ColumnElement, Connection, Table, any_, bindparam, case, cast, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.expression import ClauseElement

from egov_flow_adapters.sqlalchemy_store._failures import wrapped

__all__ = ["Row", "Statement", "among", "deleting", "inserting", "is_watched", "listed", "selecting", "updating", "upserting", "verbatim"]

_UPSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


Row = Mapping[str, Any] | Sequence[Any]
"""The values of one run of a statement, by the names of its parameters or in their order."""


class Rows(Protocol):
    """What a statement found."""

    def all(self) -> Sequence[Any]:
        """Return all rows."""

    def first(self) -> Any:
        """Return the first row, or None."""


class _Fetched:
    """The rows of a driver's cursor."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def all(self) -> Sequence[Any]:
        rows: Sequence[Any] = self._cursor.fetchall()
        self._cursor.close()
        return rows

    def first(self) -> Any:
        row = self._cursor.fetchone()
        self._cursor.close()
        return row


class Statement:
    """SQL of one dialect, to be run many times.

    Args:
        construct: a SQLAlchemy Core construct whose every value is a bind parameter.
        dialect: of the connections it will run on.
        columns: of an insert, those that are given; its rows then hold their values in this order, and are no mappings.
    """

    def __init__(self, construct: ClauseElement, dialect: Dialect, columns: tuple[str, ...] | None = None) -> None:
        self.construct, self.columns = construct, columns
        compiled = construct.compile(dialect=dialect, column_keys=columns)
        self.sql = str(compiled)
        binds = getattr(compiled, "bind_names", {})
        self._fixed = {
            name: bind.value for bind, name in binds.items() if not bind.required and bind.value is not None
        }  # like a dialect's OFFSET 0
        order: tuple[str, ...] | None = tuple(compiled.positiontup) if dialect.positional else None  # type: ignore[attr-defined]
        keys: Sequence[Any] | None = order if order is None or columns is None else [columns.index(name) for name in order]
        self._get = itemgetter(*keys) if keys is not None and len(keys) > 1 else None
        self._order = keys

    def run(self, connection: Connection, values: Row) -> Rows:
        """Run it once."""
        parameters = self.parameters(values)
        if is_watched(connection):
            return connection.exec_driver_sql(self.sql, parameters)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self.sql, parameters)
        except connection.dialect.loaded_dbapi.Error as error:
            raise wrapped(connection, error) from error
        return _Fetched(cursor)

    def parameters(self, values: Any) -> Any:
        """Return the values as the driver takes them."""
        if self._fixed:
            values = {**self._fixed, **values}
        if self._get is not None:
            return self._get(values)
        if self._order is not None:
            return tuple(values[key] for key in self._order)
        return dict(values) if self.columns is None else dict(zip(self.columns, values, strict=True))


def is_watched(connection: Connection) -> bool:
    """Say whether somebody listens to SQLAlchemy's event of each statement; it is told of those that SQLAlchemy itself runs."""
    return bool(connection.engine.dispatch.before_cursor_execute)


@cache
def verbatim(sql: str, dialect: Dialect) -> Statement:
    """Return a statement that the two databases do not share."""
    return Statement(text(sql), dialect)


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
def selecting(
    table: Table, dialect: Dialect, columns: tuple[str, ...], where: tuple[str, ...], order: tuple[str, ...] = (), *, several: str = ""
) -> Statement:
    """Return the statement that selects columns where others equal the parameters of their names, or, `several`, are among them (`listed`)."""
    is_wanted = (among(table.c[name], dialect) if name == several else table.c[name] == bindparam(name) for name in where)
    construct = select(*(table.c[name] for name in columns)).where(*is_wanted)
    return Statement(construct.order_by(*(table.c[name] for name in order)), dialect)


def among(column: Column[str], dialect: Dialect) -> ColumnElement[bool]:
    """Return whether a column is among the values that the parameter of its name lists; one text, however many they are."""
    parameter: ColumnElement[Any] = bindparam(column.key)
    if dialect.name == "sqlite":
        return column.in_(select(func.json_each(parameter).table_valued("value").c.value))
    return column == any_(cast(parameter, postgresql.ARRAY(column.type)))


def listed(values: Iterable[str], dialect: Dialect) -> Any:
    """Return several values as the one parameter that `among` takes."""
    return json.dumps(sorted(values)) if dialect.name == "sqlite" else sorted(values)

# SPDX-License-Identifier: Apache-2.0
"""How the statements of a transaction reach the database: one by one, or on PostgreSQL all together, which is one way there and back in all.

What it means that a statement was refused, or that it changed nothing, is said when it is sent and asked when the answer is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, IntegrityError

from egov_flow.errors import EgovFlowError
from egov_flow_adapters.sqlalchemy_store._failures import wrapped
from egov_flow_adapters.sqlalchemy_store._statements import Row, Statement, is_watched, verbatim

__all__ = ["AtOnce", "Missed", "Refused", "Sending", "meaning", "miss", "sending", "transaction"]

Missed = Callable[[], EgovFlowError | None]
"""Says what it means that a statement changed no row: an error, or nothing if that could be mended."""
Refused = Callable[[IntegrityError], Exception]
"""Says what it means that the database refused a row."""


class Sending(Protocol):
    """Takes the statements of an open transaction."""

    @property
    def connection(self) -> Connection:
        """Where they go: for questions, which `missed` may ask."""

    @property
    def dialect(self) -> Dialect:
        """The dialect that they must be of."""

    def send(self, statement: Statement, rows: Sequence[Row], *, missed: Missed | None = None, refused: Refused | None = None) -> None:
        """Run a statement for each row, of which there is one if `missed` is given."""
        ...


class AtOnce:
    """Runs each statement when it is sent, in the transaction that is open."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect
        self._cursor = None if is_watched(connection) else connection.connection.cursor()

    def send(self, statement: Statement, rows: Sequence[Row], *, missed: Missed | None = None, refused: Refused | None = None) -> None:
        """Run it and judge what came of it."""
        many = [statement.parameters(row) for row in rows]
        try:
            changed = self._run(statement.sql, many)
        except self.dialect.loaded_dbapi.Error as error:
            raise meaning(wrapped(self.connection, error), refused) from error
        except IntegrityError as error:
            raise meaning(error, refused) from error.orig
        if missed is not None and not changed:
            miss(missed)

    def _run(self, sql: str, many: list[Any]) -> int:
        if self._cursor is None:
            return self.connection.exec_driver_sql(sql, many if len(many) > 1 else many[0]).rowcount
        if len(many) > 1:
            self._cursor.executemany(sql, many)
        else:
            self._cursor.execute(sql, many[0])
        return self._cursor.rowcount


def sending(connection: Connection) -> AbstractContextManager[Sending]:
    """Open a transaction for statements that are sent: together if the driver can, unless somebody watches each of them."""
    if connection.dialect.name != "postgresql" or is_watched(connection):
        return transaction(connection)
    from egov_flow_adapters.sqlalchemy_store._pipeline import Together  # its driver is not there for who uses SQLite alone

    return Together(connection) if Together.is_supported() else transaction(connection)


@contextmanager
def transaction(connection: Connection) -> Iterator[AtOnce]:
    """Open a transaction that is committed when the block ends; on SQLite one beside whom nobody else writes.

    When the block raises it stays open, and is rolled back as its connection is given up (`Idle`).
    """
    found = AtOnce(connection)
    found.send(verbatim("BEGIN IMMEDIATE" if found.dialect.name == "sqlite" else "BEGIN", found.dialect), [{}])
    yield found
    found.send(verbatim("COMMIT", found.dialect), [{}])


def meaning(error: DBAPIError, refused: Refused | None) -> Exception:
    """Return what it means that the database did not take a statement."""
    return refused(error) if refused is not None and isinstance(error, IntegrityError) else error


def miss(missed: Missed) -> None:
    """Raise what it means that a statement changed no row."""
    error = missed()
    if error is not None:
        raise error

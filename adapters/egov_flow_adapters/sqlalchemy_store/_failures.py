# SPDX-License-Identifier: Apache-2.0
"""What a database says when it refuses, in our own errors: without a password, without SQL, without data."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from egov_flow.errors import ConflictError, EgovFlowError, StoreError

__all__ = ["is_duplicate", "is_foreign_key", "translated", "wrapped"]

_SQLITE = {
    sqlite3.SQLITE_BUSY: "EF-S012",
    sqlite3.SQLITE_LOCKED: "EF-S012",
    sqlite3.SQLITE_READONLY: "EF-S013",
    sqlite3.SQLITE_FULL: "EF-S014",
    sqlite3.SQLITE_CANTOPEN: "EF-S011",
    sqlite3.SQLITE_NOTADB: "EF-S016",
    sqlite3.SQLITE_CORRUPT: "EF-S016",
}
_POSTGRESQL = {"55P03": "EF-S012", "25006": "EF-S013", "53100": "EF-S014"}
_RACES = {"40001", "40P01"}


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turn what the database raises inside into StoreError or ConflictError; `place` names the database without its password."""
    try:
        yield
    except DBAPIError as error:
        # `from error.orig`: SQLAlchemy's own error would print the statement with its parameters, which are the case's data
        raise _translation(error, place) from error.orig
    except SQLAlchemyError as error:
        raise StoreError("EF-S010", place=place, reason=type(error).__name__) from None
    except UnicodeEncodeError:
        raise StoreError("EF-S010", place=place, reason="text that is not Unicode") from None
    except OverflowError:
        raise StoreError("EF-S010", place=place, reason="a number of more than 64 bits") from None


def wrapped(connection: Connection, error: Exception) -> DBAPIError:
    """Return a driver's error as SQLAlchemy would raise it, which gives up a connection that is dead.

    Neither the statement nor its parameters, which are the case's data, are in it.
    """
    dialect = connection.dialect
    kind = dialect.loaded_dbapi.Error
    is_lost = isinstance(error, kind) and dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if is_lost:
        connection.invalidate(error)
    found = DBAPIError.instance(None, None, error, kind, hide_parameters=True, connection_invalidated=is_lost, dialect=dialect)
    return cast("DBAPIError", found)


def is_foreign_key(error: IntegrityError) -> bool:
    """Say whether the row points to a case that is not there."""
    return _integrity(error) in {sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY, "23503"}


def is_duplicate(error: IntegrityError) -> bool:
    """Say whether there is such a row already."""
    return _integrity(error) in {sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE, "23505"}


def _integrity(error: IntegrityError) -> int | str:
    cause = error.orig
    return cause.sqlite_errorcode if isinstance(cause, sqlite3.Error) else getattr(cause, "sqlstate", "")


def _translation(error: DBAPIError, place: str) -> EgovFlowError:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        if "decode to UTF-8" in str(cause):
            return StoreError("EF-S019", table="")
        number = getattr(cause, "sqlite_errorcode", 0)
        return StoreError(_SQLITE.get(number & 0xFF, "EF-S010"), place=place, reason=str(cause))
    state = getattr(cause, "sqlstate", None) or ""
    if state in _RACES:
        return ConflictError("EF-S024")
    return StoreError(_POSTGRESQL.get(state, "EF-S010"), place=place, reason=f"{type(cause).__name__} {state}".strip())

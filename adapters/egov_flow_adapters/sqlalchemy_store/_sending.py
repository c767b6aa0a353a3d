# SPDX-License-Identifier: Apache-2.0
"""How the statements of a transaction reach the database: one by one, or on PostgreSQL all together, which is one way there and back instead of one each.

What it means that a statement was refused, or that it changed nothing, is said when it is sent and asked when the answer is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self, cast

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, IntegrityError

from egov_flow.errors import EgovFlowError
from egov_flow_adapters.sqlalchemy_store._failures import wrapped
from egov_flow_adapters.sqlalchemy_store._statements import Row, Statement, is_watched

__all__ = ["AtOnce", "Missed", "Refused", "Sending", "Together", "sending"]

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
    """Runs each statement when it is sent."""

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
            raise _meant(wrapped(self.connection, error), refused) from error
        except IntegrityError as error:
            raise _meant(error, refused) from error.orig
        if missed is not None and not changed:
            _miss(missed)

    def _run(self, sql: str, many: list[Any]) -> int:
        if self._cursor is None:
            return self.connection.exec_driver_sql(sql, many if len(many) > 1 else many[0]).rowcount
        if len(many) > 1:
            self._cursor.executemany(sql, many)
        else:
            self._cursor.execute(sql, many[0])
        return self._cursor.rowcount


class Together:
    """Sends statements without waiting for answers, and judges these in the same order when the block ends.

    The transaction is the caller's to end. If anything failed it has been taken back: PostgreSQL answers no more questions in it.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect
        self._driver: Any = connection.dialect.loaded_dbapi
        self._raw = cast("Any", connection.connection.driver_connection)
        self._pipeline = self._raw.pipeline()
        self._sent: list[_Sent] = []

    def send(self, statement: Statement, rows: Sequence[Row], *, missed: Missed | None = None, refused: Refused | None = None) -> None:
        """Send it; what is raised here is the failure of any that was sent before."""
        for row in rows:
            cursor = self._raw.cursor()
            self._sent.append(_Sent(cursor, missed, refused))
            cursor.execute(statement.sql, statement.parameters(row), prepare=True)

    def __enter__(self) -> Self:
        try:
            self._pipeline.__enter__()
        except self._driver.Error as error:
            raise wrapped(self.connection, error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        failed = error if isinstance(error, self._driver.Error) else None
        try:
            # the pipeline is not told of an error: it would log whatever else failed, with data of the case
            self._pipeline.__exit__(None, None, None)
        except self._driver.Error as later:
            failed = failed or later
        if error is not None and error is not failed:
            return
        refusal = None if failed is None else self._refusal(failed)
        for sent in self._sent:
            sent.judge(refusal)
        if refusal is not None:
            raise refusal

    def _refusal(self, failed: Exception) -> DBAPIError:
        """Return what failed first, when the transaction has been taken back or is lost with its connection."""
        if isinstance(failed, self._driver.errors.PipelineAborted) and isinstance(failed.__context__, self._driver.Error):
            failed = failed.__context__  # that the statements after it were given up is raised over it
        refusal = wrapped(self.connection, failed)
        if refusal.connection_invalidated:
            raise refusal from failed
        self.connection.rollback()
        return refusal


class _Sent(NamedTuple):
    """A statement on its way, and how to judge its answer."""

    cursor: Any
    missed: Missed | None
    refused: Refused | None

    def judge(self, refusal: DBAPIError | None) -> None:
        """Raise what its answer means; the first without an answer is the one that was refused, if any was."""
        if refusal is not None and self.cursor.statusmessage is None:
            raise _meant(refusal, self.refused) from refusal.orig
        if self.missed is not None and not self.cursor.rowcount:
            _miss(self.missed)


def sending(connection: Connection) -> AbstractContextManager[Sending]:
    """Return the way for a transaction of ours: together if the driver can, unless somebody watches each statement."""
    pipeline = getattr(connection.dialect.loaded_dbapi, "Pipeline", None)
    if pipeline is None or not pipeline.is_supported() or is_watched(connection):
        return nullcontext(AtOnce(connection))
    return Together(connection)


def _meant(error: DBAPIError, refused: Refused | None) -> Exception:
    return refused(error) if refused is not None and isinstance(error, IntegrityError) else error


def _miss(missed: Missed) -> None:
    error = missed()
    if error is not None:
        raise error

# SPDX-License-Identifier: Apache-2.0
"""Statements for PostgreSQL that nobody waits for one by one, in the pipeline mode of its protocol (PostgreSQL documentation, libpq).

The driver's own pipeline makes a cursor for each statement and looks for answers after each, which takes longer than most of the statements; so they are
given to libpq here, as the driver gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import count, islice
from operator import itemgetter
from types import TracebackType
from typing import Any, NamedTuple, Self, cast

import psycopg
from psycopg import generators
from psycopg.abc import PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import DiagnosticField, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult
from sqlalchemy import Connection, LargeBinary
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from egov_flow_adapters.sqlalchemy_store._failures import wrapped
from egov_flow_adapters.sqlalchemy_store._sending import Missed, Refused, meaning, miss
from egov_flow_adapters.sqlalchemy_store._statements import Row, Statement, verbatim

__all__ = ["Together"]

_FORGOTTEN = b"26000"  # invalid_sql_statement_name
_NUMBERS = count()
_MUST_CHANGE = "WITH changed AS (%s RETURNING 1) SELECT 1 / count(*) /* fails if somebody else was quicker */ FROM changed"
_DONE = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}
_NUMBERED = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


class Together:
    """Sends statements without waiting for answers, and judges these in the same order when the block ends.

    The transaction begins and ends with the block, and its end is sent with the rest: after a failure PostgreSQL skips it. So that it skips it too when a
    row was not there that a statement must change, such a statement is sent in a form that fails then.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect
        self._raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
        self._pgconn = self._raw.pgconn
        self._transformer = Transformer(self._raw)
        self._names: dict[bytes, bytes] = connection.info.setdefault("egov.prepared", {})
        self._sent: list[_Sent] = []
        self._expected: list[int] = []

    @staticmethod
    def is_supported() -> bool:
        """Say whether the driver's libpq has pipelines."""
        return psycopg.Pipeline.is_supported()

    def send(self, statement: Statement, rows: Sequence[Row], *, missed: Missed | None = None, refused: Refused | None = None) -> None:
        """Send it; what is raised here is the failure of the connection, or of values that it cannot carry."""
        command = _command(statement, missed is not None)
        for row in rows:
            dumped = self._transformer.dump_sequence(command.values(row), command.formats)
            sent = _Sent(command.sql, dumped, self._transformer.formats, missed, refused)
            self._sent.append(sent)
            self._send(sent)
        self._pgconn.flush()  # the server works on it while the next one is made; what does not fit into the socket is sent at the end

    def __enter__(self) -> Self:
        try:
            self._pgconn.enter_pipeline_mode()
            self.send(verbatim("BEGIN", self.dialect), [{}])
        except psycopg.Error as error:
            raise wrapped(self.connection, error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        failed = error if isinstance(error, psycopg.Error) else None
        try:
            self.send(verbatim("COMMIT" if error is None else "ROLLBACK", self.dialect), [{}])
            answers = self._answers()
        except psycopg.Error as lost:
            if error is not None and failed is None:
                return
            raise wrapped(self.connection, failed or lost) from (failed or lost)
        if error is None or failed is not None:
            self._judge(answers, failed)

    def _send(self, sent: _Sent) -> None:
        """Send one of them, which the server is told of before if it does not know it."""
        name, answers = self._names.get(sent.sql), 1
        if name is None:
            name, answers = b"egov_%d" % next(_NUMBERS), 2
            self._pgconn.send_prepare(name, sent.sql)
            self._names[sent.sql] = name
        self._pgconn.send_query_prepared(name, sent.values, sent.formats)
        self._expected.append(answers)

    def _answers(self) -> list[PGresult]:
        """End the pipeline and the transaction, and return what came of each statement."""
        try:
            answers = self._fetched()
            if any(answer.error_field(DiagnosticField.SQLSTATE) == _FORGOTTEN for answer in answers):
                self._send_again()
                answers = self._fetched()
        except psycopg.Error:
            raise
        except BaseException:  # whoever interrupts it leaves nobody knows what on the connection
            self.connection.invalidate()
            raise
        return answers

    def _send_again(self) -> None:
        """Prepare and send everything anew: the driver lets the server forget all it has prepared when it takes back a transaction."""
        self._names.clear()
        self._pgconn.enter_pipeline_mode()
        for sent in self._sent:
            self._send(sent)

    def _fetched(self) -> list[PGresult]:
        """Return the answer to each statement that was sent since the last were fetched: how it went, or how its preparation failed."""
        expected, self._expected = self._expected, []
        self._pgconn.pipeline_sync()
        answers = iter(self._raw.wait(_answers(self._pgconn, sum(expected))))
        self._pgconn.exit_pipeline_mode()
        if self._pgconn.transaction_status == TransactionStatus.INERROR:
            self._pgconn.send_query(b"ROLLBACK")
            self._raw.wait(generators.execute(self._pgconn))
        several = [list(islice(answers, number)) for number in expected]
        return [next((answer for answer in found if answer.status not in _DONE), found[-1]) for found in several]

    def _judge(self, answers: Sequence[PGresult], failed: psycopg.Error | None) -> None:
        """Raise what the first answer means that is not as it should be, or else what could not be sent."""
        for sent, answer in zip(self._sent, answers, strict=True):
            if answer.status not in _DONE:
                error = error_from_result(answer)
                if sent.missed is not None and isinstance(error, psycopg.errors.DivisionByZero):
                    miss(sent.missed)
                raise meaning(wrapped(self.connection, error), sent.refused) from error
        if failed is not None:
            raise wrapped(self.connection, failed) from failed


class _Sent(NamedTuple):
    """A statement on its way, and how to judge its answer."""

    sql: bytes
    values: Sequence[Any]
    formats: Sequence[Format] | None
    missed: Missed | None
    refused: Refused | None


class _Command(NamedTuple):
    """A statement as libpq takes it."""

    sql: bytes
    values: Callable[[Any], Sequence[Any]]
    formats: Sequence[PyFormat]


@cache
def _command(statement: Statement, must_change: bool) -> _Command:
    compiled = statement.construct.compile(dialect=_NUMBERED, column_keys=statement.columns)
    names = tuple(compiled.positiontup or ())  # type: ignore[attr-defined]
    keys: Iterable[Any] = names if statement.columns is None else map(statement.columns.index, names)
    binds: Any = getattr(compiled, "binds", {})
    formats = [PyFormat.BINARY if isinstance(binds[name].type, LargeBinary) else PyFormat.TEXT for name in names]
    sql = _MUST_CHANGE.replace("%s", str(compiled)) if must_change else str(compiled)
    return _Command(sql.encode(), _getter(tuple(keys)), formats)


def _getter(keys: tuple[Any, ...]) -> Callable[[Any], Sequence[Any]]:
    return itemgetter(*keys) if len(keys) > 1 else lambda values: [values[key] for key in keys]


def _answers(pgconn: PGconn, expected: int) -> PQGen[list[PGresult]]:
    """Send what is left, and fetch so many answers and the one that says that all is done."""
    yield from generators.send(pgconn)
    answers = []
    for _ in range(expected):
        *_, answer = yield from generators.fetch_many(pgconn)
        answers.append(answer)
    yield from generators.fetch_many(pgconn)
    return answers

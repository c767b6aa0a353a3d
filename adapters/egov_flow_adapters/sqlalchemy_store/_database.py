# SPDX-License-Identifier: Apache-2.0
"""Where the tables are: a database of our own connections, or one connection with a transaction of the caller's."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from egov_flow.errors import StoreError
from egov_flow_adapters.sqlalchemy_store._creating import check_format, create
from egov_flow_adapters.sqlalchemy_store._failures import translated
from egov_flow_adapters.sqlalchemy_store._idle import Idle
from egov_flow_adapters.sqlalchemy_store._queue import FairQueue
from egov_flow_adapters.sqlalchemy_store._sending import AtOnce, Sending, sending, transaction

__all__ = ["Database", "JoinedDatabase", "OwnDatabase"]

BUSY_SECONDS = 10
"""How long a writer waits for another process before it gives up, unless the URL says `?timeout=`."""
TRIES = 20
"""How often a new database is asked to write ahead while others ask for the same."""


class Database(Protocol):
    """Opens connections for reading and transactions for writing; what goes wrong inside arrives as StoreError or ConflictError."""

    def reading(self, tenant: str = "") -> AbstractContextManager[Connection]:
        """Open a connection for the rows of a tenant; each statement sees what is committed."""
        ...

    def writing(self, tenant: str = "") -> AbstractContextManager[Connection]:
        """Open a transaction on the rows of a tenant that ends with the block: committed, or rolled back when it raises."""
        ...

    def sending(self, tenant: str = "") -> AbstractContextManager[Sending]:
        """Open such a transaction for statements whose answers are waited for at the end of the block, or sooner."""
        ...

    def join(self, connection: object) -> Database:
        """Return the same database inside the caller's transaction."""
        ...

    def close(self) -> None:
        """Close what was opened here."""
        ...


class OwnDatabase:
    """A database behind an engine of our own; safe for threads, and for a process that was forked after opening it.

    Args:
        url: `sqlite:///cases.db`, `sqlite://` (in memory), `postgresql+psycopg://user:password@host/database`.
        prepare: make the tables where there are none, and refuse another layout than this version's.

    Raises:
        StoreError: the URL, the database or its layout is not usable.
    """

    def __init__(self, url: str, *, prepare: bool = True) -> None:
        self._url = _parsed(url)
        self.place = _place(self._url)
        self._is_sqlite = self._url.get_backend_name() == "sqlite"
        self._is_in_memory = self._is_sqlite and (self._url.database in {None, "", ":memory:"} or "mode=memory" in url)
        self._pid = os.getpid()
        self._queue: AbstractContextManager[None] = FairQueue() if self._is_sqlite else nullcontext()
        self._engine: Engine | None = self._engine_for(self._url)
        self._idle = Idle(self._engine)
        self._of_parents: list[Idle] = []
        if prepare:
            try:
                self._prepare()
            except BaseException:
                self.close()
                raise

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Open a transaction that nobody else writes beside: for the owner, who may change tables."""
        with self.writing() as connection:
            if not self._is_sqlite:  # two machines may do so at the same time; SQLite's write lock keeps them apart by itself
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20260105)")
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Open a transaction that sees the database as it is at its beginning, whatever is written meanwhile."""
        options = {} if self._is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with translated(self.place), self._alive().connect().execution_options(**options) as connection:
            if self._is_sqlite:
                connection.exec_driver_sql("BEGIN")
            yield connection

    def enable_wal(self) -> None:
        """Let SQLite write ahead, which survives a crash and lets readers read; PostgreSQL always does."""
        if not self._is_sqlite or self._is_in_memory:
            return
        for left in range(TRIES - 1, -1, -1):
            try:
                with self.reading() as connection:
                    connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            except StoreError as error:  # SQLite does not wait where two who open a new database at once would wait for each other
                if error.code != "EF-S012" or not left:
                    raise
                time.sleep(0.05)
            else:
                return

    @contextmanager
    def reading(self, tenant: str = "") -> Iterator[Connection]:
        """Open a connection for reading."""
        self._alive()
        # one in-memory database is one connection, where a reader would see what a writer has not yet committed
        with translated(self.place), self._queue if self._is_in_memory else nullcontext(), self._idle.use() as connection:
            _show_rows_of(tenant, connection)
            yield connection

    @contextmanager
    def writing(self, tenant: str = "") -> Iterator[Connection]:
        """Open a transaction for writing."""
        with self._lent(tenant) as connection, transaction(connection):
            yield connection

    @contextmanager
    def sending(self, tenant: str = "") -> Iterator[Sending]:
        """Open a transaction whose statements go to PostgreSQL together."""
        with self._lent(tenant) as connection, sending(connection) as found:
            yield found

    @contextmanager
    def _lent(self, tenant: str) -> Iterator[Connection]:
        """Lend a connection to who writes, on SQLite one after another."""
        self._alive()
        with translated(self.place), self._queue, self._idle.use() as connection:
            _show_rows_of(tenant, connection)
            yield connection

    def join(self, connection: object) -> JoinedDatabase:
        """Return this database inside the caller's transaction.

        Raises:
            StoreError: it is no SQLAlchemy connection, leads elsewhere, or commits by itself.
        """
        self._alive()
        if not isinstance(connection, Connection) or self._is_in_memory:
            raise StoreError("EF-S018")
        with translated(self.place):
            is_ours = self._leads_here(connection)
            commits_alone = getattr(connection.connection.dbapi_connection, "autocommit", False) is True
        if not is_ours:
            raise StoreError("EF-S018")
        if commits_alone:
            raise StoreError("EF-S021")
        return JoinedDatabase(connection, self.place, self)

    def close(self) -> None:
        """Close all connections; every later use raises StoreError."""
        engine, self._engine = self._engine, None
        if engine is not None:
            is_ours = self._pid == os.getpid()
            if is_ours:
                self._idle.close()
            engine.dispose(close=is_ours)

    def _alive(self) -> Engine:
        if self._engine is None:
            raise StoreError("EF-S022")
        if self._pid != os.getpid():
            self._start_anew(self._engine)
        return self._engine

    def _start_anew(self, engine: Engine) -> None:
        """After a fork the child leaves the parent's connections alone and opens its own."""
        if self._is_in_memory:
            raise StoreError("EF-S020")
        self._of_parents.append(self._idle)  # to drop it would end what the parent may be doing on its connections
        engine.dispose(close=False)
        self._idle = Idle(engine)
        self._pid = os.getpid()
        self._queue = FairQueue() if self._is_sqlite else nullcontext()

    def _engine_for(self, url: URL) -> Engine:
        pool: dict[str, Any] = (
            {"poolclass": StaticPool} if self._is_in_memory else {"poolclass": QueuePool, "pool_size": 8, "max_overflow": 92}
        )
        arguments: dict[str, Any] = {"check_same_thread": False} if self._is_sqlite else {}
        if self._is_sqlite and "timeout" not in url.query:
            arguments["timeout"] = BUSY_SECONDS
        try:
            # neither driver begins anything by itself: to ask is one way there and back, and to write begins as `transaction` says
            engine = create_engine(url, isolation_level="AUTOCOMMIT", hide_parameters=True, connect_args=arguments, **pool)
        except (SQLAlchemyError, ImportError) as error:
            reason = f"{error.name} is not installed" if isinstance(error, ImportError) else type(error).__name__
            raise StoreError("EF-S017", url=self.place, reason=reason) from None
        if self._is_sqlite:
            event.listen(engine, "connect", _set_up_sqlite)
        elif url.get_backend_name() != "postgresql":
            raise StoreError("EF-S017", url=self.place, reason="only SQLite and PostgreSQL are supported")
        return engine

    def _prepare(self) -> None:
        with self.reading() as connection:
            if check_format(connection, self.place):
                return
        self.enable_wal()
        with self.migrating() as connection:
            if not check_format(connection, self.place):
                create(connection)

    def _leads_here(self, connection: Connection) -> bool:
        if connection.dialect.name != self._url.get_backend_name():
            return False
        with self.reading() as ours:
            return _identity(connection) == _identity(ours) != ""


class JoinedDatabase:
    """The caller's connection: every write is a savepoint in the caller's transaction, and only the caller commits."""

    def __init__(self, connection: Connection, place: str, own: OwnDatabase) -> None:
        self._connection, self._place, self._own = connection, place, own

    @contextmanager
    def reading(self, tenant: str = "") -> Iterator[Connection]:
        """Read inside the caller's transaction."""
        with translated(self._place):
            _show_rows_of(tenant, self._connection, until_the_end_of_the_transaction=True)
            yield self._connection

    @contextmanager
    def writing(self, tenant: str = "") -> Iterator[Connection]:
        """Write inside the caller's transaction; what raises leaves nothing of itself behind."""
        with translated(self._place):
            _show_rows_of(tenant, self._connection, until_the_end_of_the_transaction=True)
            raw = self._connection.connection.dbapi_connection
            if self._connection.dialect.name == "sqlite" and not getattr(raw, "in_transaction", True):
                # Python's sqlite3 begins no transaction before SAVEPOINT, and then its RELEASE would commit
                self._connection.exec_driver_sql("BEGIN IMMEDIATE")
            with self._connection.begin_nested():
                yield self._connection

    @contextmanager
    def sending(self, tenant: str = "") -> Iterator[Sending]:
        """Write so, each statement at once: the caller may have work of his own under way."""
        with self.writing(tenant) as connection:
            yield AtOnce(connection)

    def join(self, connection: object) -> JoinedDatabase:
        """Return the same database inside another transaction."""
        return self._own.join(connection)

    def close(self) -> None:
        """Do nothing: the connection is the caller's."""


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (SQLAlchemyError, ValueError):  # its text may repeat the URL, password and all
        raise StoreError("EF-S017", url=url.partition(":")[0], reason="it cannot be read") from None


def _place(url: URL) -> str:
    """The database as people know it: a file, or host and name; never a password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    host = url.host or url.query.get("host") or "localhost"
    return f"{url.get_backend_name()}://{host}{f':{url.port}' if url.port else ''}/{url.database or ''}"


def _set_up_sqlite(connection: Any, _record: object) -> None:
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _show_rows_of(tenant: str, connection: Connection, *, until_the_end_of_the_transaction: bool = False) -> None:
    """Tell PostgreSQL whose rows its row-level security shall show; the connection remembers it."""
    if not tenant or connection.dialect.name != "postgresql":
        return
    if until_the_end_of_the_transaction:
        connection.exec_driver_sql("SELECT set_config('egov.tenant', %(tenant)s, true)", {"tenant": tenant})
    elif connection.info.get("egov.tenant") != tenant:
        connection.exec_driver_sql("SELECT set_config('egov.tenant', %(tenant)s, false)", {"tenant": tenant})
        connection.commit()  # or the setting would end with the transaction
        connection.info["egov.tenant"] = tenant


def _identity(connection: Connection) -> str:
    """Say which database a connection leads to, however it was addressed."""
    if connection.dialect.name == "postgresql":
        asked = "SELECT current_database() || ' ' || current_schema() || ' ' || pg_postmaster_start_time()"
        return str(connection.exec_driver_sql(asked).scalar())
    for _number, name, file in connection.exec_driver_sql("PRAGMA database_list"):
        if name == "main":
            return os.path.realpath(file) if file else ""
    return ""

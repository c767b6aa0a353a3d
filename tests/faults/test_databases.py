# SPDX-License-Identifier: Apache-2.0
"""Databases that cannot be opened, that are somebody else's, or that are shared with the caller, with other threads and other processes."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sqlite3
import threading
import traceback

import attrs
import pytest
import sqlalchemy

from egov_flow.errors import ConflictError, StoreError
from egov_flow.testing.contracts._examples import TENANT, command, followed, full, started
from egov_flow_adapters.sqlalchemy_store import open_store
from egov_flow_adapters.sqlalchemy_store._database import OwnDatabase


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cases.db"


@pytest.fixture
def store(file):
    store = open_store(f"sqlite:///{file}")
    yield store
    store.close()


@pytest.mark.parametrize(
    ("code", "name", "prepare"),
    [
        ("EF-S011", "missing/cases.db", lambda _file: None),
        ("EF-S011", "cases.db", lambda file: file.mkdir()),
        ("EF-S016", "cases.db", lambda file: file.write_bytes(b"This is a letter, not a database. " * 99)),
    ],
)
def test_a_place_that_is_no_database_is_named(tmp_path, code, name, prepare):
    file = tmp_path / name
    prepare(file)

    with pytest.raises(StoreError, match=code) as error:
        open_store(f"sqlite:///{file}")
    assert str(file) in str(error.value)


def test_a_new_database_in_a_place_that_may_only_be_read_is_refused(file):
    sqlite3.connect(file).close()

    with pytest.raises(StoreError, match="EF-S013"):
        open_store(f"sqlite:///file:{file}?mode=ro&uri=true")


@pytest.mark.parametrize(
    "url", ["cases.db", "nosuch://x", "mysql://root:secret@localhost/x", "sqlite", "", "postgresql+psycopg://u:secret@host:port/x"]
)
def test_an_address_that_is_none_is_refused_without_its_password(url):
    with pytest.raises(StoreError, match="EF-S017") as error:
        open_store(url)
    assert "secret" not in str(error.value)


def test_a_host_that_does_not_answer_is_named_without_the_password():
    with pytest.raises(StoreError, match=r"EF-S01[07]") as error:
        open_store("postgresql+psycopg://clerk:hidden-word@127.0.0.1:1/cases")
    told = "".join(traceback.format_exception(error.value))
    assert "127.0.0.1" in str(error.value)
    assert told.count("hidden-word") == 1  # the line above


def test_a_database_of_a_newer_layout_is_refused(store, file):
    with contextlib.closing(sqlite3.connect(file)) as raw:
        raw.execute("UPDATE egov_schema SET format = 99")
        raw.commit()

    with pytest.raises(StoreError, match="EF-S015") as error:
        open_store(f"sqlite:///{file}")
    assert "99" in str(error.value)


def test_an_existing_database_is_opened_again_with_all_it_has(store, file):
    store.commit(started(**full()))
    again = open_store(f"sqlite:///{file}")

    assert again.load(TENANT, "case-1") == store.load(TENANT, "case-1")
    again.close()


def test_many_may_open_a_new_database_at_once(file):
    gate, failures = threading.Barrier(6), []

    def open_it():
        gate.wait()
        try:
            open_store(f"sqlite:///{file}").close()
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_who_opens_a_new_database_waits_for_another_who_does(file, monkeypatch):
    original, refused = OwnDatabase.reading, iter([False, True])

    def reading(self, tenant=""):
        if next(refused, False):
            raise StoreError("EF-S012", place=self.place)
        return original(self, tenant)

    monkeypatch.setattr(OwnDatabase, "reading", reading)
    store = open_store(f"sqlite:///{file}")

    with store._database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    store.close()


def test_a_database_is_as_durable_as_promised(store):
    with store._database.reading() as connection:
        asked = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")}

    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_the_callers_rows_and_ours_share_one_transaction(store, file):
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE letters (text TEXT)")
    for ends_well in (False, True):
        with contextlib.suppress(ZeroDivisionError), engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO letters VALUES ('received')")
            store.joined(connection).commit(started(**full()))
            assert ends_well or 1 / 0
        with engine.connect() as connection:
            letters = connection.exec_driver_sql("SELECT count(*) FROM letters").scalar()
        assert (letters, store.load(TENANT, "case-1") is not None) == (int(ends_well), ends_well)
    engine.dispose()


def test_a_refused_step_takes_nothing_of_the_callers_with_it(store, file):
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    store.commit(started())
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE letters (text TEXT)")
        connection.exec_driver_sql("INSERT INTO letters VALUES ('received')")
        with pytest.raises(ConflictError):
            store.joined(connection).commit(started())
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM letters").scalar() == 1
    engine.dispose()


def test_a_caller_who_begins_transactions_himself_is_joined_too(store, file):
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    sqlalchemy.event.listen(engine, "connect", lambda raw, _record: setattr(raw, "isolation_level", None))
    sqlalchemy.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    with engine.connect() as connection:
        store.joined(connection).commit(started("case-1"))
        connection.rollback()
        store.joined(connection).commit(started("case-2"))
        connection.commit()

    assert store.load(TENANT, "case-1") is None
    assert store.load(TENANT, "case-2") is not None
    engine.dispose()


def test_a_connection_to_another_database_is_refused(store, tmp_path):
    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    open_store(f"sqlite:///{tmp_path / 'other.db'}").close()

    with engine.connect() as connection, pytest.raises(StoreError, match="EF-S018"):
        store.joined(connection)
    engine.dispose()


def test_an_in_memory_database_cannot_be_joined():
    store = open_store("sqlite://")
    engine = sqlalchemy.create_engine("sqlite://")

    with engine.connect() as connection, pytest.raises(StoreError, match="EF-S018"):
        store.joined(connection)
    engine.dispose()
    store.close()


def test_a_connection_that_was_closed_is_a_store_error(store, file):
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    connection = engine.connect()
    joined = store.joined(connection)
    connection.close()

    with pytest.raises(StoreError, match="EF-S010"):
        joined.commit(started())
    engine.dispose()


def test_a_server_that_dropped_its_connections_costs_one_refusal_and_no_more(postgresql_server, postgresql_database, postgresql_url):
    store = open_store(postgresql_url)
    first = started()
    store.commit(first)
    with contextlib.ExitStack() as several:
        for _ in range(4):
            several.enter_context(store._database.reading(TENANT))
    postgresql_server.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        postgresql_database,
    )

    with pytest.raises(StoreError):
        store.load(TENANT, "case-1")
    assert [store.load(TENANT, "case-1") for _ in range(6)] == [first.case] * 6
    store.commit(followed(first))
    store.close()


def _in_a_child(task):
    """Run a task in a forked process and return its exit code."""
    child = multiprocessing.get_context("fork").Process(target=task)
    child.start()
    child.join(20)
    return child.exitcode


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_store_goes_on_in_a_forked_process_and_in_its_parent(store):
    first = started()
    store.commit(first)
    second = followed(first)

    assert _in_a_child(lambda: store.commit(second)) == 0
    assert store.load(TENANT, "case-1") == second.case
    store.commit(followed(second))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_an_in_memory_database_refuses_to_be_two_after_a_fork():
    store = open_store("sqlite://")

    def task():
        with pytest.raises(StoreError, match="EF-S020"):
            store.load(TENANT, "case-1")

    assert _in_a_child(task) == 0
    store.close()


def test_a_step_takes_at_most_eight_statements(store):
    first = started(**full())
    store.commit(first)
    statements = []
    sqlalchemy.event.listen(store._database._engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    # what completing a task writes: the case, its events, the command, the key, the task done, the next one and a timer
    done = attrs.evolve(full()["tasks"][0], status="completed")
    change = followed(
        first,
        recorded=command(2),
        remembered=attrs.evolve(full()["remembered"], kind="complete"),
        tasks=(done, attrs.evolve(done, id="case-1/9", status="open", candidates=())),
        timers=full()["timers"],
    )
    store.commit(change)

    assert statements[0] == "BEGIN IMMEDIATE"
    assert len(statements) - 1 <= 8, statements

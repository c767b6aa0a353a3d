# SPDX-License-Identifier: Apache-2.0
"""On PostgreSQL the statements of a change travel together, and what is refused among them is named as if each had waited for its answer."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import psycopg
import pytest

from egov_flow.errors import ConflictError, StoreError
from egov_flow.testing.contracts._examples import TENANT, command, followed, full, started
from egov_flow.testing.postgresql import Server
from egov_flow.values import Change, Task, TaskFilter
from egov_flow_adapters.sqlalchemy_store import SqlStore, open_store

MANY = 400
"""Rows behind the one that is refused: so many answers that the driver reads them in several pieces."""


@pytest.fixture
def store(postgresql_url: str) -> Iterator[SqlStore]:
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A process that heeds Ctrl-C, which one in the background does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def with_many_tasks(change: Change) -> Change:
    task: Task = full()["tasks"][0]
    return attrs.evolve(change, tasks=tuple(attrs.evolve(task, id=f"case-1/{number}") for number in range(10, 10 + MANY)))


def raw(store: SqlStore) -> Any:
    """The one connection on which the store writes."""
    with store._database.writing(TENANT) as connection:
        return connection.connection.driver_connection


def test_a_step_is_sent_and_committed_in_one_round_trip(store: SqlStore, tmp_path: Path) -> None:
    first = started(**full())
    store.commit(first)
    connection = raw(store)
    with (tmp_path / "trace").open("w") as trace:
        connection.pgconn.trace(trace.fileno())
        connection.pgconn.set_trace_flags(psycopg.pq.Trace.SUPPRESS_TIMESTAMPS)
        store.commit(followed(first, recorded=command(2), tasks=full()["tasks"]))
        connection.pgconn.untrace()
    told = (tmp_path / "trace").read_text()

    assert told.count("\tExecute\t") > 5
    assert told.count("\tReadyForQuery\t") == 1


def test_who_lost_a_race_hears_it_although_more_was_refused_behind_it(store: SqlStore) -> None:
    first = started(**full())
    store.commit(first)
    second = followed(first)
    store.commit(second)
    late = attrs.evolve(second, recorded=command(2), remembered=full()["remembered"])

    with pytest.raises(ConflictError, match="EF-S001"):
        store.commit(late)
    assert store.load(TENANT, "case-1") == second.case


def test_what_was_refused_first_is_named_however_much_comes_behind_it(store: SqlStore, caplog: pytest.LogCaptureFixture) -> None:
    first = started(**full())
    store.commit(first)
    again = with_many_tasks(followed(first, remembered=full()["remembered"]))

    with caplog.at_level(logging.DEBUG, logger="psycopg"), pytest.raises(ConflictError, match="EF-S004"):
        store.commit(again)
    assert caplog.records == [], "the driver would tell the log of keys and ids"
    assert store.load(TENANT, "case-1") == first.case


def test_a_change_that_is_wrong_in_itself_leaves_nothing_of_what_was_sent_before(store: SqlStore, caplog: pytest.LogCaptureFixture) -> None:
    first = started(**full())
    store.commit(first)
    good = followed(first, remembered=full()["remembered"])
    wrong = attrs.evolve(good, case=attrs.evolve(good.case, state_version=0))

    with caplog.at_level(logging.DEBUG, logger="psycopg"), pytest.raises(StoreError, match="EF-S007"):
        store.commit(good, wrong)
    assert caplog.records == []
    assert store.load(TENANT, "case-1") == first.case


def test_the_connection_goes_on_after_a_change_was_refused_while_its_statements_were_prepared(store: SqlStore) -> None:
    change = started(**full())
    store.commit(change)
    for _ in range(3):
        with pytest.raises(ConflictError, match="EF-S004"):
            store.commit(with_many_tasks(followed(change, remembered=full()["remembered"])))
        change = with_many_tasks(followed(change))
        store.commit(change)

    assert store.load(TENANT, "case-1") == change.case


def test_more_than_a_socket_takes_at_once_is_sent_while_answers_come(store: SqlStore) -> None:
    first = started(**full())
    store.commit(first)
    second = with_many_tasks(followed(first, tasks=full()["tasks"]))
    second = attrs.evolve(second, case=attrs.evolve(second.case, payload=bytes(8_000_000)))
    store.commit(second)

    assert store.load(TENANT, "case-1") == second.case
    assert len(store.tasks(TENANT, TaskFilter(case="case-1", limit=2 * MANY))) > MANY


@pytest.mark.parametrize("element", ["a text that ends\0here", "half a character \ud800"])
def test_what_cannot_be_sent_leaves_nothing_and_the_connection_whole(store: SqlStore, element: str) -> None:
    first = started(**full())
    store.commit(first)
    connection = raw(store)
    good = followed(first, tasks=full()["tasks"])

    with pytest.raises(StoreError, match="EF-S010"):
        store.commit(attrs.evolve(good, tasks=(attrs.evolve(good.tasks[0], element=element),)))
    assert store.load(TENANT, "case-1") == first.case
    store.commit(good)
    assert raw(store) is connection


@pytest.mark.usefixtures("interruptible")
def test_who_interrupts_a_commit_that_waits_leaves_nothing_of_it(store: SqlStore, postgresql_url: str) -> None:
    first = started(**full())
    store.commit(first)
    another = open_store(postgresql_url)
    with another._database.writing(TENANT) as connection:
        connection.exec_driver_sql("LOCK TABLE egov_cases")  # the commit waits for it until it is interrupted
        pressed = threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT))
        pressed.start()
        with pytest.raises(KeyboardInterrupt):
            store.commit(followed(first))
        pressed.join()
    another.close()

    assert store.load(TENANT, "case-1") == first.case
    store.commit(followed(first))
    assert store.load(TENANT, "case-1") == followed(first).case


def test_what_the_server_has_prepared_may_be_forgotten_at_any_time(store: SqlStore) -> None:
    change = started(**full())
    store.commit(change)
    connection = raw(store)
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
        change = followed(change, tasks=full()["tasks"])
        store.commit(change)
        change = followed(change)
        store.commit(change)

    assert raw(store) is connection
    assert store.load(TENANT, "case-1") == change.case


def test_what_the_server_cannot_prepare_is_refused_with_its_own_words(store: SqlStore) -> None:
    first = started(**full())
    store.commit(first)
    good = followed(first, tasks=full()["tasks"])
    with raw(store).cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
        cursor.execute("ALTER TABLE egov_tasks RENAME TO elsewhere")
        with pytest.raises(StoreError, match="UndefinedTable 42P01"):
            store.commit(good)
        cursor.execute("ALTER TABLE elsewhere RENAME TO egov_tasks")

    store.commit(good)
    assert store.load(TENANT, "case-1") == good.case


def test_a_commit_on_a_connection_that_the_server_dropped_is_one_refusal_and_no_more(
    store: SqlStore, postgresql_server: Server, postgresql_database: str, caplog: pytest.LogCaptureFixture
) -> None:
    first = started(**full())
    store.commit(first)
    postgresql_server.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        postgresql_database,
    )

    with caplog.at_level(logging.DEBUG, logger="psycopg"), pytest.raises(StoreError, match="EF-S010"):
        store.commit(followed(first))
    assert caplog.records == []
    store.commit(followed(first))
    assert store.load(TENANT, "case-1") == followed(first).case

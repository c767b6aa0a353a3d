# SPDX-License-Identifier: Apache-2.0
"""On PostgreSQL the statements of a change travel together, and what is refused among them is named as if each had waited for its answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import psycopg
import pytest

from egov_flow.errors import ConflictError, StoreError
from egov_flow.testing.contracts._examples import TENANT, command, followed, full, started
from egov_flow.testing.postgresql import Server
from egov_flow.values import Change, Task
from egov_flow_adapters.sqlalchemy_store import SqlStore, open_store

MANY = 400
"""Rows behind the one that is refused: so many answers that the driver reads them in several pieces."""


@pytest.fixture
def store(postgresql_url: str) -> Iterator[SqlStore]:
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


def with_many_tasks(change: Change) -> Change:
    task: Task = full()["tasks"][0]
    return attrs.evolve(change, tasks=tuple(attrs.evolve(task, id=f"case-1/{number}") for number in range(10, 10 + MANY)))


def raw(store: SqlStore) -> Any:
    """The one connection on which the store writes."""
    with store._database.writing(TENANT) as connection:
        return connection.connection.driver_connection


def test_a_step_is_sent_and_committed_in_two_round_trips(store: SqlStore, tmp_path: Path) -> None:
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
    assert told.count("\tReadyForQuery\t") == 2


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

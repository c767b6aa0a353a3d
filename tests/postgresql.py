# SPDX-License-Identifier: Apache-2.0
"""Fixtures: a PostgreSQL server for the test run, and an empty store of ours on it for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from egov_flow.testing.postgresql import Server, missing, serve


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A server that only this test run knows."""
    reason = missing()
    if reason and os.environ.get("EGOV_REQUIRE_POSTGRESQL") == "1":
        pytest.fail(f"{reason}, and EGOV_REQUIRE_POSTGRESQL=1 demands it", pytrace=False)
    if reason:
        pytest.skip(f"no PostgreSQL: {reason}")
    with serve(durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: Server) -> str:
    """The name of a database with our tables."""
    from egov_flow_adapters.sqlalchemy_store import open_store

    name = postgresql_server.database()
    open_store(postgresql_server.url(name)).close()
    return name


@pytest.fixture
def master_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A master key, which a PostgreSQL store does not bring along."""
    (tmp_path / "master.key").write_bytes(bytes(range(32)))
    monkeypatch.setenv("EGOV_FLOW_MASTER_KEY_FILE", str(tmp_path / "master.key"))


@pytest.fixture
def postgresql_url(postgresql_server: Server, postgresql_database: str, master_key: None) -> Iterator[str]:
    """The URL of a database with our tables, which are empty; it is emptied again, which is faster than a new one for each test."""
    yield postgresql_server.url(postgresql_database)
    tables = "SELECT tablename FROM pg_tables WHERE tablename LIKE 'egov%' AND tablename <> 'egov_schema'"
    deletes = [f"DELETE FROM {name}" for (name,) in postgresql_server.run(tables, postgresql_database)]
    # as a replica, the server runs no triggers: neither those that keep evidence nor those that look for a row's case
    postgresql_server.run("; ".join(["SET session_replication_role = replica", *deletes]), postgresql_database)


@pytest.fixture
def new_postgresql_url(postgresql_server: Server, master_key: None) -> Iterator[str]:
    """The URL of a database that has nothing."""
    name = postgresql_server.database()
    yield postgresql_server.url(name)
    postgresql_server.drop(name)

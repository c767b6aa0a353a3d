# SPDX-License-Identifier: Apache-2.0
"""Every store keeps the same promises: memory, SQLite in a file, SQLite in memory, PostgreSQL."""

from __future__ import annotations

import pytest
import sqlalchemy

from egov_flow.testing import MemoryConnection, MemoryStore
from egov_flow.testing.contracts import (
    AuditLogContract,
    CaseStoreContract,
    JobQueueContract,
    JoinedContract,
    KeyVaultContract,
    TaskQueryContract,
)
from egov_flow_adapters.sqlalchemy_store import open_store


class TestMemoryStore(CaseStoreContract, TaskQueryContract, JobQueueContract, AuditLogContract, KeyVaultContract, JoinedContract):
    @pytest.fixture
    def store(self):
        return MemoryStore()

    @pytest.fixture
    def connect(self, store):
        return lambda: MemoryConnection(store)


class OnADatabase(CaseStoreContract, TaskQueryContract, JobQueueContract, AuditLogContract, KeyVaultContract, JoinedContract):
    __test__ = False

    @pytest.fixture
    def store(self, url):
        store = open_store(url)
        yield store
        store.close()

    @pytest.fixture
    def connect(self, url, store):
        engine = sqlalchemy.create_engine(url)
        opened = []

        def connect():
            opened.append(engine.connect())
            return opened[-1]

        yield connect
        for connection in opened:
            connection.close()
        engine.dispose()


class TestSqliteFile(OnADatabase):
    __test__ = True

    @pytest.fixture
    def url(self, tmp_path):
        return f"sqlite:///{tmp_path / 'cases.db'}"


class TestPostgresql(OnADatabase):
    __test__ = True

    @pytest.fixture
    def url(self, postgresql_url):
        return postgresql_url


class TestSqliteInMemory(CaseStoreContract, TaskQueryContract, JobQueueContract, AuditLogContract, KeyVaultContract):
    @pytest.fixture
    def store(self):
        store = open_store("sqlite://")
        yield store
        store.close()

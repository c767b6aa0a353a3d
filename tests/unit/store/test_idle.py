# SPDX-License-Identifier: Apache-2.0
"""Connections at rest."""

from __future__ import annotations

import pytest
import sqlalchemy

from egov_flow_adapters.sqlalchemy_store._idle import KEPT, Idle


@pytest.fixture
def engine():
    engine = sqlalchemy.create_engine("sqlite://", poolclass=sqlalchemy.QueuePool, pool_size=0)
    yield engine
    engine.dispose()


def test_a_connection_is_used_again(engine):
    idle = Idle(engine)
    with idle.use() as first:
        pass
    with idle.use() as second:
        assert second is first


def test_what_sqlalchemy_began_by_itself_is_over_before_the_next_use(engine):
    idle = Idle(engine)
    with idle.use() as connection:
        connection.exec_driver_sql("SELECT 1")

    assert not connection.in_transaction()


def test_a_connection_on_which_something_failed_is_closed(engine):
    idle = Idle(engine)
    with pytest.raises(ZeroDivisionError), idle.use() as failed:
        1 / 0  # noqa: B018
    assert failed.closed
    with idle.use() as other:
        assert other is not failed


def test_after_a_rush_only_some_stay_open(engine):
    idle = Idle(engine)
    uses = [idle.use() for _ in range(KEPT + 3)]
    for use in uses:
        use.__enter__()
    assert engine.pool.checkedout() == KEPT + 3
    for use in uses:
        use.__exit__(None, None, None)

    assert engine.pool.checkedout() == KEPT


def test_what_comes_back_after_the_end_is_closed(engine):
    idle = Idle(engine)
    with idle.use() as connection:
        idle.close()

    assert connection.closed

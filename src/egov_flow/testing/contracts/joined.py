# SPDX-License-Identifier: Apache-2.0
"""The contract of `ports.Store.joined`: a step inside the caller's own transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pytest

from egov_flow.errors import ConflictError, StoreError
from egov_flow.ports import Store
from egov_flow.testing.contracts._examples import TENANT, everything, followed, full, started
from egov_flow.values import CaseFilter

__all__ = ["Connection", "JoinedContract"]


class Connection(Protocol):
    """What the caller holds."""

    def commit(self) -> None:
        """Commit."""
        ...

    def rollback(self) -> None:
        """Roll back."""
        ...


class JoinedContract:
    """Give the suite the fixtures `store`, and `connect`: opens a connection of the caller's own to the same database."""

    def test_the_callers_commit_makes_it_visible(self, store: Store, connect: Callable[[], Connection]) -> None:
        """Before it, only the caller sees the step."""
        connection = connect()
        joined = store.joined(connection)
        joined.commit(started(**full()))

        assert joined.load(TENANT, "case-1") is not None
        assert store.load(TENANT, "case-1") is None
        connection.commit()
        assert store.load(TENANT, "case-1") is not None

    def test_the_callers_rollback_removes_all(self, store: Store, connect: Callable[[], Connection]) -> None:
        """Several steps, every table."""
        before = everything(store)
        connection = connect()
        joined = store.joined(connection)
        first = started(**full())
        joined.commit(first)
        joined.commit(followed(first))
        joined.lease(TENANT, full()["jobs"][0].due, full()["jobs"][0].due, None, 1)
        connection.rollback()

        assert everything(store) == before

    def test_a_refused_step_leaves_the_callers_transaction_usable(self, store: Store, connect: Callable[[], Connection]) -> None:
        """Nothing of the refused step stays, everything of the others does."""
        connection = connect()
        joined = store.joined(connection)
        first = started(**full())
        joined.commit(first)
        with pytest.raises(ConflictError):
            joined.commit(followed(first, remembered=full()["remembered"]))
        connection.commit()

        assert store.load(TENANT, "case-1") == first.case
        assert tuple(store.events(TENANT, "case-1")) == first.events

    def test_closing_a_joined_store_leaves_the_connection_alone(self, store: Store, connect: Callable[[], Connection]) -> None:
        """It is the caller's."""
        connection = connect()
        joined = store.joined(connection)
        joined.commit(started())
        joined.close()
        connection.commit()

        assert store.load(TENANT, "case-1") is not None

    def test_a_joined_store_goes_on_after_each_end_of_a_transaction(self, store: Store, connect: Callable[[], Connection]) -> None:
        """One joined store serves all transactions of its connection."""
        connection = connect()
        joined = store.joined(connection)
        joined.commit(started("case-1"))
        connection.commit()
        joined.commit(started("case-2"))
        connection.rollback()
        joined.commit(started("case-3"))
        assert store.load(TENANT, "case-3") is None
        connection.commit()

        assert [record.id for record in store.cases(TENANT, CaseFilter())] == ["case-3", "case-1"]

    @pytest.mark.parametrize("connection", [None, object(), "sqlite://"])
    def test_something_else_than_a_connection_is_refused(self, store: Store, connection: object) -> None:
        """Rather than written beside the caller's transaction."""
        with pytest.raises(StoreError, match="EF-S018"):
            store.joined(connection)

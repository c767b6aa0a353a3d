# SPDX-License-Identifier: Apache-2.0
"""The contract of `ports.KeyVault`."""

from __future__ import annotations

import pytest

from egov_flow.errors import ConflictError
from egov_flow.ports import Store
from egov_flow.testing.contracts._examples import TENANT, followed, started

__all__ = ["KeyVaultContract"]


class KeyVaultContract:
    """Give the suite a fixture `store`: an empty store of the adapter."""

    def test_a_case_has_the_key_that_came_with_its_start(self, store: Store) -> None:
        """Zero bytes and all."""
        store.commit(started(key=b"\x00" + bytes(range(31))))

        assert store.key(TENANT, "case-1") == b"\x00" + bytes(range(31))

    def test_no_key_is_none(self, store: Store) -> None:
        """For a case without one, an unknown case, another tenant."""
        store.commit(started())

        assert store.key(TENANT, "case-1") is None
        assert store.key(TENANT, "case-2") is None
        assert store.key("other", "case-1") is None

    def test_a_key_is_never_replaced(self, store: Store) -> None:
        """What it sealed could no longer be opened."""
        first = started(key=b"first")
        store.commit(first)

        with pytest.raises(ConflictError):
            store.commit(followed(first, key=b"second"))
        assert store.key(TENANT, "case-1") == b"first"

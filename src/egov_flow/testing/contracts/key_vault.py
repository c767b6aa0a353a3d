# SPDX-License-Identifier: Apache-2.0
"""The contract of `ports.KeyVault`."""

from __future__ import annotations

import pytest

from egov_flow.errors import ConflictError
from egov_flow.ports import Store
from egov_flow.testing.contracts._examples import TENANT, followed, started
from egov_flow.values import CaseKey, SubjectKey

__all__ = ["KeyVaultContract"]

KEYS = (CaseKey("a1", b"\x00" + bytes(range(31))), CaseKey("b2", b"another"))
ONE = frozenset({"case-1"})


class KeyVaultContract:
    """Give the suite a fixture `store`: an empty store of the adapter."""

    def test_a_case_has_the_keys_that_came_with_its_start(self, store: Store) -> None:
        """Zero bytes and all, in the order of their subjects."""
        store.commit(started(keys=KEYS[::-1]))

        assert store.keys(TENANT, ONE) == tuple(("case-1", key, None) for key in KEYS)

    def test_the_keys_of_several_cases_come_with_those_of_their_subjects(self, store: Store) -> None:
        """By case, then by subject; of no case there are none."""
        store.commit(started("case-2", keys=KEYS[:1], subject=SubjectKey("a1", b"first")))
        store.commit(started(keys=KEYS))
        store.commit(started("case-3", keys=KEYS))

        found = store.keys(TENANT, frozenset({"case-1", "case-2"}))
        assert found == (("case-1", KEYS[0], b"first"), ("case-1", KEYS[1], None), ("case-2", KEYS[0], b"first"))
        assert store.keys(TENANT, frozenset()) == ()

    def test_no_key_is_none(self, store: Store) -> None:
        """For a case without one, an unknown case, another tenant."""
        store.commit(started(keys=KEYS))

        assert store.keys("other", ONE) == store.keys(TENANT, frozenset({"case-2"})) == ()
        assert store.subject(TENANT, "a1") is None

    def test_a_key_is_never_replaced(self, store: Store) -> None:
        """What it sealed could no longer be opened."""
        first = started(keys=KEYS)
        store.commit(first)

        with pytest.raises(ConflictError):
            store.commit(followed(first, keys=(CaseKey("c3", b"second"),)))
        assert store.keys(TENANT, ONE) == tuple(("case-1", key, None) for key in KEYS)

    def test_a_subject_has_one_key_in_a_tenant(self, store: Store) -> None:
        """Whoever makes a second at the same moment is told so, and nothing of the change is written."""
        store.commit(started(subject=SubjectKey("a1", b"first")))
        store.commit(started(tenant="other", subject=SubjectKey("a1", b"theirs")))

        with pytest.raises(ConflictError, match="EF-S025"):
            store.commit(started("case-2", subject=SubjectKey("a1", b"second")))
        assert (store.subject(TENANT, "a1"), store.subject("other", "a1")) == (b"first", b"theirs")
        assert store.load(TENANT, "case-2") is None

# SPDX-License-Identifier: Apache-2.0
"""The contract of `ports.AuditLog`."""

from __future__ import annotations

import attrs

from egov_flow.audit import chain, verify
from egov_flow.ports import Store
from egov_flow.testing.contracts._examples import NOW, TENANT, deployed, followed, started
from egov_flow.values import Event

__all__ = ["AuditLogContract"]

MANY = 1_100
"""More than an adapter is likely to fetch at once."""


class AuditLogContract:
    """Give the suite a fixture `store`: an empty store of the adapter."""

    def test_events_come_back_with_their_very_bytes(self, store: Store) -> None:
        """In order, every field and both hashes unchanged."""
        first = started()
        second = followed(first)
        store.commit(first)
        store.commit(second)

        assert tuple(store.events(TENANT, "case-1")) == (*first.events, *second.events)
        assert tuple(store.events(TENANT, "case-2")) == ()
        assert tuple(store.events("other", "case-1")) == ()

    def test_tenants_are_those_of_whom_something_is_recorded(self, store: Store) -> None:
        """A case or a deployment, each tenant once, in order."""
        assert store.tenants() == ()
        store.commit(started())
        store.commit(started("case-2"))
        store.commit(started("case-3", tenant="another"))
        store.commit(deployed(tenant="new"))

        assert store.tenants() == tuple(sorted(("another", "new", TENANT)))

    def test_a_long_trail_comes_whole(self, store: Store) -> None:
        """However many events a case has."""
        one = Event(tenant=TENANT, case="case-1", case_seq=1, time=NOW, kind="entered", command="start")
        events = chain((one._replace(case_seq=n) for n in range(1, MANY + 1)), "")
        change = started(case_last_seq=MANY, case_last_leaf=events[-1].leaf)
        store.commit(attrs.evolve(change, events=events))

        assert tuple(store.events(TENANT, "case-1")) == events

    def test_a_chain_ends_where_the_case_row_says(self, store: Store) -> None:
        """Every case once, and the registry if anything was deployed."""
        first, second = started("case-1"), started("case-2")
        store.commit(first)
        store.commit(second)
        third = followed(second)
        store.commit(third)
        assert tuple(store.chains(TENANT)) == (("case-1", 2, first.events[-1].leaf), ("case-2", 4, third.events[-1].leaf))

        registered = deployed()
        store.commit(registered)
        assert tuple(store.chains(TENANT))[-1] == ("registry", 1, registered.events[-1].leaf)
        assert tuple(store.chains("other")) == ()

    def test_an_honest_trail_is_intact(self, store: Store) -> None:
        """What the store gives back passes the verification."""
        change = started()
        store.commit(change)
        for _ in range(3):
            change = followed(change)
            store.commit(change)
        first = deployed("1")
        store.commit(first)
        store.commit(deployed("2", seq=2, prev=first.events[0].leaf))

        found = verify(store, TENANT)
        assert found.intact, found.findings
        assert (found.cases, found.events) == (2, 10)

    def test_a_reader_keeps_nobody_waiting(self, store: Store) -> None:
        """Who reads a trail slowly does not stop the case."""
        change = started()
        store.commit(change)
        reader = store.events(TENANT, "case-1")
        next(reader)
        store.commit(followed(change))

        assert len(list(store.events(TENANT, "case-1"))) == 4

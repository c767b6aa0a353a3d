# SPDX-License-Identifier: Apache-2.0
"""Ids, calendar, directory and notices for tests."""

from __future__ import annotations

from datetime import date

import pytest

from egov_flow.data import EMPTY
from egov_flow.errors import ConflictError, StoreError
from egov_flow.testing import FakeCalendar, FakeDirectory, FakeNotifier, MemoryConnection, MemoryStore, SequentialIds, open_store
from egov_flow.testing.contracts._examples import TENANT, started
from egov_flow.values import WorkingDay


def test_ids_are_the_same_in_every_run_and_other_with_another_seed():
    def draw(ids):
        return [ids.case(), ids.case(), ids.number("foi_request"), ids.number("foi_request"), ids.random(16), ids.random(16)]

    first = draw(SequentialIds())
    assert first == draw(SequentialIds())
    assert len(set(first)) == 6
    assert first[:2] == ["case-000001", "case-000002"]
    assert not set(first[2:]) & set(draw(SequentialIds(seed=1))[2:])


def test_later_case_ids_sort_after_earlier_ones():
    ids = SequentialIds()
    drawn = [ids.case() for _ in range(1_001)]

    assert drawn == sorted(drawn)


def test_a_calendar_knows_its_weekend_and_its_holidays():
    calendar = FakeCalendar({date(2026, 8, 17): "Independence Day"}, weekend={4}, name="test", version="7")

    assert calendar.day(date(2026, 8, 17)) == WorkingDay(date(2026, 8, 17), is_working=False, reason="Independence Day")
    assert calendar.day(date(2026, 8, 14)) == WorkingDay(date(2026, 8, 14), is_working=False, reason="weekend")
    assert calendar.day(date(2026, 8, 15)) == WorkingDay(date(2026, 8, 15), is_working=True)
    assert (calendar.name, calendar.version) == ("test", "7")
    assert not FakeCalendar([date(2026, 1, 1)]).day(date(2026, 1, 1)).is_working


def test_a_directory_knows_roles_both_ways():
    directory = FakeDirectory({"officer:3": {"ppid", "clerk"}, "officer:4": ["clerk"]}, persons={"officer:4": "person:9"})

    assert directory.roles("officer:3") == {"ppid", "clerk"}
    assert directory.roles("nobody") == frozenset()
    assert directory.holders("clerk") == {"officer:3", "officer:4"}
    assert (directory.person("officer:3"), directory.person("officer:4"), directory.person("nobody")) == ("officer:3", "person:9", None)


def test_a_notice_with_the_same_key_is_sent_once():
    notifier = FakeNotifier()
    for key in ("a", "b", "a"):
        notifier.notify("citizen:17", "received", EMPTY, key)

    assert [(notice.receiver, notice.key) for notice in notifier.sent] == [("citizen:17", "a"), ("citizen:17", "b")]


def test_each_memory_store_is_a_new_one():
    first = open_store("memory:")
    first.commit(started())

    assert open_store("memory:").load(TENANT, "case-1") is None
    with pytest.raises(StoreError, match="EF-S017"):
        open_store("memory:cases")


def test_a_transaction_in_memory_gives_way_to_who_wrote_first():
    store = MemoryStore()
    connection = MemoryConnection(store)
    store.joined(connection).commit(started("case-1"))
    store.commit(started("case-2"))

    with pytest.raises(ConflictError, match="EF-S024"):
        connection.commit()
    assert store.load(TENANT, "case-1") is None


def test_a_connection_of_another_memory_store_is_refused():
    with pytest.raises(StoreError, match="EF-S018"):
        MemoryStore().joined(MemoryConnection(MemoryStore()))

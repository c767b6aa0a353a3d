# SPDX-License-Identifier: Apache-2.0
"""The stand-ins of `egov_flow.testing` keep the promises of the ports they stand in for."""

from __future__ import annotations

from datetime import date

import pytest

from egov_flow.testing import FakeCalendar, FakeDataStore, VirtualClock
from egov_flow.testing.contracts import CalendarContract, ClockContract, DataStoreContract


class TestFakeCalendar(CalendarContract):
    @pytest.fixture
    def calendar(self):
        return FakeCalendar({date(2026, 8, 17): "Independence Day"})


class TestVirtualClock(ClockContract):
    @pytest.fixture
    def clock(self):
        return VirtualClock("2026-01-05T09:00+07:00")


class TestFakeDataStore(DataStoreContract):
    @pytest.fixture
    def store(self):
        return FakeDataStore()

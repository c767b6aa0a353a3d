# SPDX-License-Identifier: Apache-2.0
"""Test a procedure without a database, a calendar or a clock on the wall.

Everything here implements a port of `egov_flow.ports`, in memory and the same in every run. `egov_flow.testing.contracts` holds the suites that an
adapter of your own must pass.
"""

from __future__ import annotations

from egov_flow.testing.clock import VirtualClock
from egov_flow.testing.fakes import FakeCalendar, FakeDirectory, FakeNotifier, Notice, SequentialIds
from egov_flow.testing.memory_store import MemoryConnection, MemoryStore, open_store

__all__ = [
    "FakeCalendar",
    "FakeDirectory",
    "FakeNotifier",
    "MemoryConnection",
    "MemoryStore",
    "Notice",
    "SequentialIds",
    "VirtualClock",
    "open_store",
]

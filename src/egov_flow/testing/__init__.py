# SPDX-License-Identifier: Apache-2.0
"""Test a procedure without a database, a calendar or a clock on the wall.

Everything here implements a port of `egov_flow.ports`, in memory and the same in every run. `egov_flow.testing.contracts` holds the suites that an
adapter of your own must pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from egov_flow.testing.clock import VirtualClock
from egov_flow.testing.fakes import FakeCalendar, FakeDirectory, FakeNotifier, Notice, SequentialIds
from egov_flow.testing.memory_store import MemoryConnection, MemoryStore, open_store
from egov_flow.testing.passing import pass_time

if TYPE_CHECKING:
    from egov_flow.testing.scenarios import ScenarioResult, run_scenario

__all__ = [
    "FakeCalendar",
    "FakeDirectory",
    "FakeNotifier",
    "MemoryConnection",
    "MemoryStore",
    "Notice",
    "ScenarioResult",
    "SequentialIds",
    "VirtualClock",
    "open_store",
    "pass_time",
    "run_scenario",
]


def __getattr__(name: str) -> Any:
    # scenarios open a whole Agency; a store or a clock for a test must not pay for that
    if name in {"ScenarioResult", "run_scenario"}:
        from egov_flow.testing import scenarios

        return getattr(scenarios, name)
    raise AttributeError(f"module 'egov_flow.testing' has no attribute {name!r}")

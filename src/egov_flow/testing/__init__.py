# SPDX-License-Identifier: Apache-2.0
"""Test a procedure without a database, a calendar or a clock on the wall.

Everything here implements a port of `egov_flow.ports`, in memory and the same in every run. `egov_flow.testing.contracts` holds the suites that an
adapter of your own must pass. A name is loaded when it is first used: the pytest plugin is part of this room, and a test run that asks for none of
its fixtures must not pay for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from egov_flow.testing.clock import VirtualClock
    from egov_flow.testing.fakes import FakeCalendar, FakeDataStore, FakeDirectory, FakeNotifier, Notice, SequentialIds
    from egov_flow.testing.memory_store import MemoryConnection, MemoryStore, open_store
    from egov_flow.testing.passing import pass_time
    from egov_flow.testing.scenarios import ScenarioResult, run_scenario

__all__ = [
    "FakeCalendar",
    "FakeDataStore",
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

_MODULES = {
    "clock": ("VirtualClock",),
    "fakes": ("FakeCalendar", "FakeDataStore", "FakeDirectory", "FakeNotifier", "Notice", "SequentialIds"),
    "memory_store": ("MemoryConnection", "MemoryStore", "open_store"),
    "passing": ("pass_time",),
    "scenarios": ("ScenarioResult", "run_scenario"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'egov_flow.testing' has no attribute {name!r}")
    value = getattr(import_module(f"egov_flow.testing.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

# SPDX-License-Identifier: Apache-2.0
"""Fixtures for tests of procedures.

Installed with egov_flow; there is nothing to switch on.

`clock` is a `VirtualClock` that begins on Monday 5 January 2026 at nine in Jakarta; `agency` is an Agency in memory with that clock and `SequentialIds`,
so that a test gives the same ids in every run. To begin elsewhere, or with handlers, override `clock` or `egov_flow_handlers`:

    @pytest.fixture
    def egov_flow_handlers():
        return {"notify.applicant": lambda call: {}}

Nothing of egov_flow is imported before a test asks for a fixture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from egov_flow.agency import Agency, Handler
    from egov_flow.testing.clock import VirtualClock

__all__ = ["agency", "clock", "egov_flow_handlers"]


@pytest.fixture
def clock() -> VirtualClock:
    """A clock that moves only when it is told to."""
    from egov_flow.testing.clock import VirtualClock

    return VirtualClock("2026-01-05T09:00+07:00")


@pytest.fixture
def egov_flow_handlers() -> Mapping[str, Handler]:
    """What service tasks call; none, unless a test overrides it."""
    return {}


@pytest.fixture
def agency(clock: VirtualClock, egov_flow_handlers: Mapping[str, Handler]) -> Iterator[Agency]:
    """An agency in memory, empty, closed after the test."""
    from egov_flow.agency import Agency
    from egov_flow.testing.fakes import SequentialIds

    with Agency.open("memory:", clock=clock, ids=SequentialIds(), handlers=egov_flow_handlers) as opened:
        yield opened

# SPDX-License-Identifier: Apache-2.0
"""An agency in memory that issues parking permits, with a clock that the tests turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from egov_flow.agency import Agency, Case
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import Actor, Call

PERMIT = str(Path(__file__).parents[2] / "fixtures" / "agency" / "permit.bpmn")

CITIZEN = Actor("citizen:17")
CLERK = Actor("officer:1", roles={"clerk"})
COLLEAGUE = Actor("officer:2", roles={"clerk"})
STRANGER = Actor("officer:7", roles={"tax inspector"})
ADMINISTRATOR = Actor("officer:9", roles={"administrator"})


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock("2026-01-05T09:00:00+07:00")


@pytest.fixture
def calls() -> list[Call]:
    """What the handlers were asked for."""
    return []


@pytest.fixture
def agency(clock: VirtualClock, calls: list[Call]) -> Iterator[Agency]:
    def lookup(call: Call) -> dict[str, object]:
        calls.append(call)
        return {"resident": True}

    with Agency.open("memory:", clock=clock, ids=SequentialIds(), handlers={"register.lookup": lookup}) as opened:
        opened.deploy(PERMIT)
        yield opened


@pytest.fixture
def a_case(agency: Agency) -> Case:
    """A case that waits for its decision."""
    return agency.start("permit", {"street": "Canal 5"}, by=CITIZEN)


@pytest.fixture
def a_decided_case(agency: Agency, a_case: Case) -> Callable[[], Case]:
    """A case that waits for the payment."""
    return lambda: agency.complete(a_case.tasks[0].id, {"grant": True}, by=CLERK)

# SPDX-License-Identifier: Apache-2.0
"""A handler may take longer than a lease: it is renewed while the handler works."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from tests.unit.agency.conftest import CITIZEN, PERMIT

from egov_flow.agency import Agency, leasing
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Call, Job

PATIENCE = 5.0
"""Seconds until a test gives up waiting for what takes milliseconds."""


@pytest.fixture(autouse=True)
def short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leasing, "LEASE", timedelta(milliseconds=30))


def _free(agency: Agency, clock: VirtualClock) -> tuple[Job, ...]:
    """What another worker would get now."""
    return agency.wiring.store.lease("default", clock.now(), clock.now() + timedelta(minutes=5), None, 1)


def _wait_for_a_renewal(agency: Agency, clock: VirtualClock, case: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        (job,) = agency.jobs(case, by=SYSTEM)
        if job.leased_until is not None and job.leased_until > clock.now():
            return
        time.sleep(0.005)
    pytest.fail("the lease was not renewed")


def test_nobody_else_begins_what_a_slow_handler_still_does(clock: VirtualClock) -> None:
    began: list[str] = []

    def slow(call: Call) -> dict[str, object]:
        began.append(call.key)
        clock.advance("PT1H")
        _wait_for_a_renewal(agency, clock, call.case)
        assert _free(agency, clock) == ()
        return {"resident": True}

    with Agency.open("memory:", clock=clock, ids=SequentialIds(), handlers={"register.lookup": slow}, run_jobs="worker") as agency:
        agency.deploy(PERMIT)
        case = agency.start("permit", by=CITIZEN).id
        agency.run_due()

        assert (len(began), agency.case(case, by=SYSTEM).waiting) == (1, ("Task_Decide",))


def test_a_lease_that_another_took_over_is_not_taken_back(clock: VirtualClock) -> None:
    taken: list[Job] = []

    def slow(_: Call) -> dict[str, object]:
        while not taken:  # a beat may come between the two
            clock.advance("PT1H")
            taken.extend(_free(agency, clock))
        time.sleep(0.1)  # several beats
        assert agency.jobs(taken[0].case, by=SYSTEM) == taken
        return {"resident": True}

    with Agency.open("memory:", clock=clock, ids=SequentialIds(), handlers={"register.lookup": slow}, run_jobs="worker") as agency:
        agency.deploy(PERMIT)
        case = agency.start("permit", by=CITIZEN).id
        agency.run_due()

        assert [job.fence for job in taken] == [2]
        assert agency.jobs(case, by=SYSTEM) == taken, "a stale result was written"

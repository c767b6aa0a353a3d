# SPDX-License-Identifier: Apache-2.0
"""A handler that failed for the moment is tried again, later and later; after the last try its failure is an incident."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from tests.unit.agency.conftest import CITIZEN, PERMIT

from egov_flow.agency import Agency, Handling
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Call, Job


@pytest.fixture
def failures() -> list[Exception]:
    """What the handler raises, call by call; then it answers."""
    return []


@pytest.fixture
def lookup(calls: list[Call], failures: list[Exception]) -> Callable[[Call], dict[str, object]]:
    def lookup(call: Call) -> dict[str, object]:
        calls.append(call)
        if failures:
            raise failures.pop(0)
        return {"resident": True}

    return lookup


@pytest.fixture
def office(clock: VirtualClock, lookup: Callable[[Call], dict[str, object]]) -> Iterator[Agency]:
    handling = Handling(lookup, tries=3, first=timedelta(seconds=10), most=timedelta(seconds=30))
    with Agency.open("memory:", clock=clock, ids=SequentialIds(), handlers={"register.lookup": handling}, run_jobs="worker") as agency:
        agency.deploy(PERMIT)
        yield agency


def job_of(office: Agency) -> Job:
    (case,) = office.cases(by=SYSTEM)
    (job,) = office.jobs(case.id, by=SYSTEM)
    return job


def test_a_failure_is_tried_again_after_a_pause(office: Agency, clock: VirtualClock, calls: list[Call], failures: list[Exception]) -> None:
    failures.append(ConnectionError("secret of the citizen"))
    office.start("permit", by=CITIZEN)
    assert office.run_due() == 1
    job = job_of(office)
    assert (job.status, job.attempts, job.leased_until) == ("waiting", 1, None)
    assert timedelta(seconds=5) <= job.due - clock.now() <= timedelta(seconds=10)
    assert "EF-A014" in job.cause
    assert "secret" not in job.cause
    assert (office.run_due(), len(calls)) == (0, 1), "its time has not come"

    clock.advance("PT10S")
    assert office.run_due() == 1
    assert (job_of(office).status, job_of(office).cause) == ("done", "")
    assert [call.key for call in calls] == [job.id, job.id], "one key for all tries"
    assert office.cases(by=SYSTEM)[0].waiting == ("Task_Decide",)


def test_after_the_last_try_it_is_an_incident(office: Agency, clock: VirtualClock, calls: list[Call], failures: list[Exception]) -> None:
    failures += [ConnectionError(), TimeoutError(), OSError()]
    office.start("permit", by=CITIZEN)
    for _ in range(5):
        office.run_due()
        clock.advance("PT30S")
    assert len(calls) == 3
    assert (job_of(office).status, job_of(office).attempts) == ("failed", 3)
    (incident,) = office.incidents(by=SYSTEM)
    assert "OSError" in incident.cause

    office.retry(incident.id, by=SYSTEM)
    assert job_of(office).attempts == 0, "who decides to try again begins anew"
    office.run_due()
    assert office.cases(by=SYSTEM)[0].incidents == ()


def test_a_wrong_answer_is_not_asked_for_again(clock: VirtualClock) -> None:
    handlers = {"register.lookup": Handling(lambda _: {"x": float("nan")}, tries=9)}
    with Agency.open("memory:", clock=clock, ids=SequentialIds(), handlers=handlers, run_jobs="worker") as agency:
        agency.deploy(PERMIT)
        agency.start("permit", by=CITIZEN)
        agency.run_due()
        assert len(agency.incidents(by=SYSTEM)) == 1


def test_pauses_grow_are_bounded_and_come_by_chance(lookup: Callable[[Call], dict[str, object]]) -> None:
    handling = Handling(lookup, first=timedelta(seconds=1), most=timedelta(minutes=1))
    longest = [max(handling.pause(n, SequentialIds(seed)) for seed in range(200)).total_seconds() for n in (1, 2, 3, 4, 99)]
    shortest = [min(handling.pause(n, SequentialIds(seed)) for seed in range(200)).total_seconds() for n in (1, 2, 3, 4, 99)]
    assert all(0.9 * whole < most <= whole for most, whole in zip(longest, (1, 4, 16, 60, 60), strict=True))
    assert all(whole / 2 <= least < 0.6 * whole for least, whole in zip(shortest, (1, 4, 16, 60, 60), strict=True))
    assert handling.pause(3, SequentialIds(7)) == handling.pause(3, SequentialIds(7)), "chance comes from the ids, so that tests repeat"


def test_a_higher_priority_goes_first(clock: VirtualClock, lookup: Callable[[Call], dict[str, object]]) -> None:
    handlers = {"register.lookup": Handling(lookup, priority=7)}
    with Agency.open("memory:", clock=clock, handlers=handlers, run_jobs="worker") as agency:
        agency.deploy(PERMIT)
        agency.start("permit", by=CITIZEN)
        assert job_of(agency).priority == 7


def test_what_waits_in_a_suspended_case_is_not_called(office: Agency, calls: list[Call]) -> None:
    case = office.start("permit", by=CITIZEN)
    office.suspend(case.id, reason="a court asked", by=SYSTEM)
    assert (office.run_due(), calls) == (0, [])
    office.resume(case.id, by=SYSTEM)
    assert (office.run_due(), len(calls)) == (1, 1)

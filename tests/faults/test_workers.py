# SPDX-License-Identifier: Apache-2.0
"""Workers that are paused, killed or too many: no stale result is written, and one effect has one key however often it is tried."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.faults.lives import PERMIT, Say, die, life, needs_fork

from egov_flow.agency import Agency, Worker
from egov_flow.testing import VirtualClock
from egov_flow.values import SYSTEM, Actor, Call

BEGIN = "2026-01-05T09:00:00+07:00"
CITIZEN = Actor("citizen:17")
Lookup = Callable[[Call], dict[str, object]]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    found: str = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else f"sqlite:///{tmp_path}/cases.db"
    return found


def opened(url: str, clock: VirtualClock, lookup: Lookup) -> Agency:
    return Agency.open(url, clock=clock, handlers={"register.lookup": lookup}, run_jobs="worker")


def stale_results_written(url: str, rounds: int) -> int:
    """Let a worker sleep past its lease while another takes over; return how many of its results were written all the same."""
    clock, begun, goes_on = VirtualClock(BEGIN), threading.Event(), threading.Event()

    def sleepy(_: Call) -> dict[str, object]:
        begun.set()
        assert goes_on.wait(20)
        return {"who": "the sleeper"}

    written = 0
    with opened(url, clock, sleepy) as first, opened(url, clock, lambda _: {"who": "the other"}) as second:
        first.deploy(PERMIT)
        for number in range(rounds):
            case = first.start("permit", by=CITIZEN)
            sleeper = threading.Thread(target=first.run_due)
            sleeper.start()
            assert begun.wait(20)
            clock.advance(timedelta(minutes=6))
            if number % 2:  # the other has done it before the sleeper wakes, or only begun
                assert second.run_due() == 1
            else:
                assert len(second.wiring.store.lease("default", clock.now(), clock.now() + timedelta(minutes=5), None, 9)) == 1
            goes_on.set()
            sleeper.join()
            begun.clear()
            goes_on.clear()
            data = second.case(case.id, by=SYSTEM).data
            written += data.get("who") == "the sleeper"
            clock.advance(timedelta(minutes=6))
            second.run_due()
            assert second.case(case.id, by=SYSTEM).data["who"] == "the other"
        assert second.audit.verify().findings == ()
    return written


@pytest.mark.parametrize("rounds", [10, pytest.param(100, marks=pytest.mark.long)])
def test_a_worker_that_slept_past_its_lease_is_refused(url: str, rounds: int) -> None:
    assert stale_results_written(url, rounds) == 0


def effects_of_killed_workers(url: str, receiver: Path, kills: int) -> tuple[Counter[str], int]:
    """Kill workers between the effect and its acknowledgement; return how often the receiver saw each key, and how many cases there are."""
    clock, cases = VirtualClock(BEGIN), max(4, kills // 5)

    def effect(call: Call) -> dict[str, object]:
        with receiver.open("a", encoding="utf-8") as file:
            file.write(call.key + "\n")
        return {}

    with opened(url, clock, effect) as agency:
        agency.deploy(PERMIT)
        for _ in range(cases):
            agency.start("permit", by=CITIZEN)

    def effect_and_death(call: Call) -> dict[str, object]:
        effect(call)
        die()
        return {}

    def work(_: Say) -> None:
        opened(url, clock, effect_and_death).run_due()

    for _ in range(kills):
        life(work)
        clock.advance(timedelta(minutes=6))
    with opened(url, clock, effect) as agency:
        agency.run_due()
        assert all(case.waiting == ("Task_Decide",) for case in agency.cases(by=SYSTEM))
        assert agency.audit.verify().findings == ()
    return Counter(receiver.read_text("utf-8").split()), cases


@needs_fork
@pytest.mark.parametrize("kills", [25, pytest.param(250, marks=pytest.mark.long)])
def test_a_worker_that_dies_after_the_effect_repeats_it_with_the_same_key(url: str, tmp_path: Path, kills: int, record_property) -> None:
    seen, cases = effects_of_killed_workers(url, tmp_path / "receiver", kills)
    assert len(seen) == cases, "one key for each job"
    assert sum(seen.values()) == cases + kills, "each death is one call that is made again"
    record_property("calls_per_effect", sum(seen.values()) / cases)


def test_workers_share_the_work_and_do_nothing_twice(url: str) -> None:
    clock, calls, guard = VirtualClock(BEGIN), Counter[str](), threading.Lock()

    def effect(call: Call) -> dict[str, object]:
        with guard:
            calls[call.key] += 1
        return {}

    with opened(url, clock, effect) as agency:
        agency.deploy(PERMIT)
        cases = [agency.start("permit", by=CITIZEN).id for _ in range(60)]
        workers = [Worker([agency]) for _ in range(4)]
        threads = [threading.Thread(target=worker.round) for worker in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for worker in workers:
            assert worker.health.trouble == ""
        agency.run_due()
        assert sorted(calls.values()) == [1] * len(cases)
        assert sum(worker.health.ran for worker in workers) == len(cases)

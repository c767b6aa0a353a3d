# SPDX-License-Identifier: Apache-2.0
"""Timers fire once, however often the scheduler dies and wherever the clock jumps."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.faults.lives import Say, die, life, needs_fork

from egov_flow.agency import Agency
from egov_flow.agency.desk import Desk
from egov_flow.data import freeze
from egov_flow.testing import VirtualClock
from egov_flow.values import SYSTEM, Actor

TIMED = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="t"><process id="timed" isExecutable="true">
<startEvent id="s"/><intermediateCatchEvent id="Timer_Due"><timerEventDefinition id="T"><timeDate>due</timeDate></timerEventDefinition></intermediateCatchEvent>
<endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="Timer_Due"/><sequenceFlow id="g" sourceRef="Timer_Due" targetRef="e"/>
</process></definitions>"""
BEGIN = datetime.fromisoformat("2026-03-28T20:00:00+01:00")
"""The evening before the clocks of Berlin go forward."""
ROUND = timedelta(minutes=30)
JUMPS = (timedelta(hours=-1), timedelta(days=1), timedelta(minutes=1), timedelta(hours=1))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    found: str = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else f"sqlite:///{tmp_path}/cases.db"
    return found


def start_cases(url: str, timers: int, span: timedelta, folder: Path) -> None:
    """Start so many cases, each with a timer in the time after BEGIN, in three time zones."""
    (folder / "timed.bpmn").write_text(TIMED, "utf-8")
    chance = random.Random(7)
    with Agency.open(url, clock=VirtualClock(BEGIN)) as agency:
        agency.deploy(str(folder / "timed.bpmn"))
        for _ in range(timers):
            due = BEGIN + timedelta(seconds=chance.randrange(int(span.total_seconds())))
            agency.start("timed", {"due": freeze(due)}, by=Actor("citizen:17"))


def schedule(url: str, clock: VirtualClock, dies_after: int) -> Callable[[Say], None]:
    """Run what is due, and die in the middle of it."""

    def work(_: Say) -> None:
        agency = Agency.open(url, clock=clock)
        original, left = Desk.run_all_due, iter(range(dies_after, -1, -1))

        def run_all_due(self: Desk, items: object) -> int:
            if next(left, 0) == 0:
                die()
            return original(self, items)  # type: ignore[arg-type]

        Desk.run_all_due = run_all_due  # type: ignore[method-assign]
        agency.run_due()

    return work


def fired(url: str) -> tuple[list[int], list[tuple[datetime, float]]]:
    """Return how often each timer fired, and when each was due and how many seconds late it came."""
    counts, late = [], []
    with Agency.open(url) as agency:
        after = None
        while page := agency.cases(by=SYSTEM, after=after, limit=500):
            for case in page:
                events = [e for e in agency.history(case.id, by=SYSTEM) if e.kind == "fired"]
                counts.append(len(events))
                late += [(case.data["due"], (e.time - case.data["due"]).total_seconds()) for e in events]
            after = page[-1].id
        assert agency.audit.verify().findings == ()
    return counts, late


def run_schedule(url: str, kills: int, span: timedelta) -> datetime:
    """Let clock and schedulers go wrong, then let one run each half hour to the end; return when it began."""
    chance, clock = random.Random(7), VirtualClock(BEGIN)
    for number in range(kills):
        clock.set(clock.now() + JUMPS[number % len(JUMPS)])
        life(schedule(url, clock, chance.randrange(3)))
        with Agency.open(url, clock=clock) as agency:
            if number % 2:
                agency.run_due()
    settled = clock.now() + max(abs(jump) for jump in JUMPS[::3])  # a clock that was ahead has fired the next hour's already
    with Agency.open(url, clock=clock) as agency:
        while clock.now() < BEGIN + span + timedelta(hours=1):
            agency.run_due()
            clock.advance(ROUND)
        assert agency.run_due() == 0
    return settled


@needs_fork
@pytest.mark.parametrize(("timers", "kills"), [(500, 5), pytest.param(5000, 25, marks=pytest.mark.long)])
def test_each_timer_fires_once_and_never_early(url: str, tmp_path: Path, timers: int, kills: int, record_property) -> None:
    span = timedelta(days=kills // len(JUMPS) + 1)  # the jumps go a day forward each round, and a last day is left to measure in
    start_cases(url, timers, span, tmp_path)
    settled = run_schedule(url, kills, span)
    counts, late = fired(url)
    assert counts == [1] * timers
    assert min(lateness for _, lateness in late) >= 0
    p99 = statistics.quantiles([lateness for due, lateness in late if due > settled], n=100)[98]
    record_property("p99_lateness_seconds", p99)
    print(f"{url.partition(':')[0]}: lateness p99 {p99:.0f} s of virtual time, with a scheduler every {ROUND.total_seconds():.0f} s")
    assert p99 <= ROUND.total_seconds()

# SPDX-License-Identifier: Apache-2.0
"""An agency, its clients and its workers in one thread, by a seed: the same seed gives the same run, faults and all."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs

from egov_flow.agency import Agency, Handling
from egov_flow.errors import AlreadyCompleted, ConflictError, NotAllowed, NotFound, StoreError
from egov_flow.testing import MemoryStore, SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Actor, Call, CaseFilter, Change

PERMIT = str(Path(__file__).parents[1] / "fixtures" / "agency" / "permit.bpmn")
CITIZEN = Actor("citizen:17")
CLERKS = tuple(Actor(f"officer:{number}", roles=frozenset({"clerk"})) for number in range(3))
REFUSALS = (AlreadyCompleted, ConflictError, NotFound, NotAllowed)


class Crash(BaseException):
    """The process died here; nothing of what it was doing goes on."""


@attrs.define
class FaultyStore:
    """A store whose commits fail by chance: refused before anything is written, or dead before or after."""

    inner: MemoryStore
    chance: random.Random
    rate: float = 0.0
    commits: int = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def commit(self, change: Change, *more: Change) -> None:
        """Commit, or not, or die."""
        fault = self.chance.random() / self.rate if self.rate else 9
        if fault < 1 / 3:
            raise StoreError("EF-S012", place="simulated")
        if fault < 2 / 3:
            raise Crash
        self.inner.commit(change, *more)
        self.commits += 1
        if fault < 1:
            raise Crash


@attrs.define
class World:
    """Everything that a run is made of.

    Attributes:
        effects: how often the receiver of the handler saw each key.
        accepted: keys of commands whose acknowledgement came back, and the case that it named.
    """

    seed: int
    chance: random.Random = attrs.field(init=False)
    clock: VirtualClock = attrs.field(init=False)
    ids: SequentialIds = attrs.field(init=False)
    store: FaultyStore = attrs.field(init=False)
    agencies: list[Agency] = attrs.field(init=False)
    effects: Counter[str] = attrs.field(factory=Counter)
    accepted: dict[str, tuple[str, dict[str, object]]] = attrs.field(factory=dict)
    completed: Counter[str] = attrs.field(factory=Counter)
    keys: Iterator[int] = attrs.field(factory=lambda: iter(range(10**9)))

    def __attrs_post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.ids = SequentialIds(self.seed)
        self.clock = VirtualClock("2026-01-05T09:00:00+07:00")
        self.store = FaultyStore(MemoryStore(), self.chance)
        self.agencies = [self._open(), self._open()]
        self.agencies[0].deploy(PERMIT)

    def _open(self) -> Agency:
        """Open an agency on the one store, as a process that has just begun: its cache is empty."""
        handling = Handling(self._effect, tries=3, first=timedelta(seconds=5))
        agency = Agency.open("memory:", clock=self.clock, ids=self.ids, handlers={"register.lookup": handling}, run_jobs="worker")
        agency.wiring.store = self.store  # type: ignore[assignment]
        agency.wiring.keys = attrs.evolve(agency.wiring.keys, master=bytes(32))
        return agency

    def _effect(self, call: Call) -> dict[str, object]:
        self.effects[call.key] += 1
        if self.chance.random() < 0.2:
            raise ConnectionError
        return {"resident": True}

    @contextmanager
    def faults(self, rate: float) -> Iterator[None]:
        """Let so many of a hundred commits go wrong inside."""
        self.store.rate = rate
        try:
            yield
        finally:
            self.store.rate = 0.0

    # ---- what happens

    def happen(self) -> None:
        """Let one thing happen to one of the two agencies; if it dies, another begins in its place."""
        number = self.chance.randrange(2)
        acts: tuple[Callable[[Agency], None], ...] = (
            self.start, self.start, self.complete, self.complete, self.complete, self.claim, self.send, self.work, self.work, self.suspend,
            self.wait, self.retry, self.repeat,
        )  # fmt: skip
        try:
            with self.faults(0.15):
                self.chance.choice(acts)(self.agencies[number])
        except (*REFUSALS, StoreError):
            return
        except Crash:
            self.agencies[number] = self._open()

    def start(self, agency: Agency) -> None:
        """Start a case; who gets no answer asks again with the same key."""
        key, data = f"web-{next(self.keys)}", {"n": self.chance.randrange(9)}
        for _ in range(20):
            try:
                self.accepted[key] = (agency.start("permit", data, by=CITIZEN, key=key).id, data)
            except StoreError:
                continue
            except Crash:
                agency = self._open()
                continue
            except ConflictError as conflict:
                raise AssertionError("the same request was refused when it came again") from conflict
            return

    def complete(self, agency: Agency) -> None:
        """Complete a task that some list showed some time ago."""
        tasks = agency.tasks(by=SYSTEM)
        if tasks:
            task = self.chance.choice(tasks)
            self.wait(agency)
            agency.complete(task.id, {"grant": True}, by=self.chance.choice((*CLERKS, SYSTEM)))
            self.completed[task.id] += 1

    def claim(self, agency: Agency) -> None:
        """Take a task."""
        tasks = agency.tasks(by=SYSTEM)
        if tasks:
            agency.claim(self.chance.choice(tasks).id, by=self.chance.choice(CLERKS))

    def send(self, agency: Agency) -> None:
        """Pay for some case, whether or not it awaits that."""
        cases = agency.cases(by=SYSTEM)
        if cases:
            number = self.chance.choice(cases).number
            agency.send("Payment received", {"amount": 5}, correlate={"number": number}, by=SYSTEM, key=f"pay-{next(self.keys)}")

    def work(self, agency: Agency) -> None:
        """Run what is due."""
        agency.run_due()

    def suspend(self, agency: Agency) -> None:
        """Let a case rest, or go on."""
        cases = agency.cases(by=SYSTEM)
        if cases:
            case = self.chance.choice(cases)
            act = agency.resume if case.status == "suspended" else agency.suspend
            act(case.id, reason="chance", by=SYSTEM)

    def retry(self, agency: Agency) -> None:
        """Try again what led to an incident."""
        incidents = agency.incidents(by=SYSTEM)
        if incidents:
            agency.retry(self.chance.choice(incidents).id, by=SYSTEM)

    def wait(self, _: Agency) -> None:
        """Let time pass, or a clock be set back."""
        jump = self.chance.choice((1, 60, 400, 86_400, 5 * 86_400, -3600))
        self.clock.set(self.clock.now() + timedelta(seconds=jump))

    def repeat(self, agency: Agency) -> None:
        """Send an accepted command again, from anywhere: the first answer comes back."""
        if self.accepted:
            key = self.chance.choice(sorted(self.accepted))
            case, data = self.accepted[key]
            try:
                again = agency.start("permit", data, by=CITIZEN, key=key).id
            except ConflictError as conflict:
                raise AssertionError("the same request was refused when it came again") from conflict
            assert again == case, "the same request began another case"

    # ---- what must hold

    def check(self) -> None:
        """Check every promise on everything that is stored."""
        agency = self._open()
        assert agency.audit.verify().findings == ()
        records = {record.id: record for record in self.store.cases("default", CaseFilter(limit=10_000))}
        started = Counter(case for case, _ in self.accepted.values())
        assert set(started) <= set(records), "an acknowledged start is lost"
        assert all(count == 1 for count in started.values()), "two keys, one case"
        for case, record in records.items():
            recorded = self.store.recorded("default", case)
            assert len(recorded) == record.state_version
            ended = Counter(e.token for e in agency.history(case, by=SYSTEM) if e.kind == "completed" and e.element == "Task_Decide")
            assert all(count == 1 for count in ended.values()), "a task was completed twice"
            fired = sum(e.kind == "fired" for e in agency.history(case, by=SYSTEM))
            assert fired <= 1, "a timer fired twice"
            for task in agency.case(case, by=SYSTEM).tasks:
                assert self.completed[task.id] == 0, "an acknowledged completion is lost"
        assert all(count <= 1 for count in self.completed.values())

    def settle(self) -> None:
        """Let everything come to its end without faults, and check that nothing is stuck."""
        self.store.rate = 0.0
        agency = self._open()
        for case in agency.cases(by=SYSTEM, limit=1000):
            if case.status == "suspended":
                agency.resume(case.id, by=SYSTEM)
        for _ in range(60):
            self.clock.advance("PT1H")
            agency.run_due()
            for incident in agency.incidents(by=SYSTEM):
                agency.retry(incident.id, by=SYSTEM)
        for task in agency.tasks(by=SYSTEM, limit=1000):
            agency.complete(task.id, {"grant": True}, by=SYSTEM)
        self.clock.advance("P15D")
        agency.run_due()
        assert {case.status for case in agency.cases(by=SYSTEM, limit=1000)} <= {"completed"}
        cases = len(agency.cases(by=SYSTEM, limit=1000))
        assert len(self.effects) == cases, "each case has one job, and the receiver one key for it"


def run(seed: int, steps: int = 40) -> World:
    """Run a world from its seed to its end."""
    world = World(seed)
    for number in range(steps):
        world.happen()
        if number % 10 == 9:
            world.check()
    world.settle()
    world.check()
    return world

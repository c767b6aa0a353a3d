# SPDX-License-Identifier: Apache-2.0
"""The tests of the store have teeth: take one guard away, and the test that is named turns red.

Each mutant is a patch of our own code; the check that must fail is the one that tests/faults runs, in a small size.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
import sqlalchemy
from tests.contracts import test_agency_on_stores, test_conversations
from tests.contracts.conftest import deploy
from tests.faults import test_disks, test_kills, test_races, test_timers, test_workers
from tests.faults.disk import disk_under
from tests.faults.lives import die, life, needs_fork
from tests.faults.simulating import run
from tests.faults.test_kills import check_after_death, commands_for_ever

from egov_flow.agency import Agency, conversing, handling, running
from egov_flow.agency.desk import Desk
from egov_flow.errors import StoreError
from egov_flow.testing import VirtualClock
from egov_flow.values import SYSTEM, Actor, CaseRecord, Change, Timer
from egov_flow_adapters.sqlalchemy_store import SqlStore, _writing

Patch = pytest.MonkeyPatch


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/cases.db"


def must_fail(check: Callable[[], object]) -> None:
    """Run a check that a mutant must fail, by an assertion and not by chance."""
    with pytest.raises(AssertionError):
        check()


@needs_fork
def test_work_in_a_second_transaction_is_seen(url: str, monkeypatch: Patch) -> None:
    original = SqlStore.commit

    def commit(self: SqlStore, change: Change, *more: Change) -> None:
        original(self, attrs.evolve(change, tasks=(), jobs=()), *more)
        if change.tasks or change.jobs:
            original(self, Change(tenant=change.tenant, tasks=change.tasks, jobs=change.jobs))

    with Agency.open(url) as agency:
        agency.deploy(test_kills.LOOP)
        case = agency.start("loop", by=Actor("citizen:17")).id

    def check() -> None:
        said = life(commands_for_ever(url, case, "before _write_work", 2))
        check_after_death(url, case, max(map(int, said)))

    check()
    monkeypatch.setattr(SqlStore, "commit", commit)
    must_fail(check)


def test_a_fence_that_nobody_checks_is_seen(url: str, monkeypatch: Patch) -> None:
    monkeypatch.setattr(_writing, "_check_fence", lambda *_: None)
    must_fail(lambda: _no_stale_result(url))


def _no_stale_result(url: str) -> None:
    assert test_workers.stale_results_written(url, 2) == 0


def test_a_cache_that_no_version_guards_is_seen(url: str, monkeypatch: Patch) -> None:
    original, first = Desk._cached, {}

    def cached(self: Desk, record: CaseRecord) -> object:
        folder = original(self, record)
        if folder is not None and record.state_version > 1:  # from when its task is open
            first.setdefault(record.id, folder)
        return first.get(record.id, folder)

    monkeypatch.setattr(Desk, "_cached", cached)

    def check() -> None:
        outcomes, _ = test_races.race(url, 2, clients=4)
        assert outcomes == {"done": 2, "AlreadyCompleted": 6}

    must_fail(check)


def test_events_that_follow_any_other_are_seen(tmp_path: Path, monkeypatch: Patch) -> None:
    original = _writing.updating

    def updating(table: Any, dialect: Any, changing: tuple[str, ...], where: tuple[str, ...]) -> Any:
        return original(table, dialect, changing, tuple(name for name in where if name != "last_leaf"))

    monkeypatch.setattr(_writing, "updating", updating)
    url, clock = f"sqlite:///{tmp_path}/cases.db", VirtualClock("2026-01-05T09:00:00+07:00")
    engine = sqlalchemy.create_engine(url)
    with Agency.open(url, clock=clock, handlers=test_agency_on_stores.HANDLERS, run_jobs="inline") as agency:
        agency.deploy(test_agency_on_stores.PERMIT)
        must_fail(lambda: test_agency_on_stores.rolled_back_and_overtaken(agency, engine, url, clock))
    engine.dispose()


def test_a_broken_disk_that_nobody_hears_of_is_seen(tmp_path: Path, monkeypatch: Patch) -> None:
    original = SqlStore.commit

    def commit(self: SqlStore, change: Change, *more: Change) -> None:
        try:
            original(self, change, *more)
        except StoreError:
            return

    monkeypatch.setattr(SqlStore, "commit", commit)
    check = test_disks.test_whichever_write_or_sync_fails_a_step_is_there_whole_or_not_at_all
    with disk_under(tmp_path) as disk:
        must_fail(lambda: check(disk, tmp_path, test_disks.IO_ERROR, 0, is_tried_again=False))


@needs_fork
def test_timers_that_are_forgotten_before_they_fire_are_seen(url: str, tmp_path: Path, monkeypatch: Patch) -> None:
    original = Desk.run_all_due

    def run_all_due(self: Desk, items: list) -> int:
        for item in items:
            record = self.wiring.store.load(self.tenant, item.case)
            gone = attrs.evolve(record, state_version=record.state_version + 1)
            self.wiring.store.commit(
                Change(tenant=self.tenant, case=gone, expected=record.state_version, timers=(Timer(int(item.target), "", None),))
            )
        if items:
            die()
        return original(self, items)

    test_timers.start_cases(url, 5, timedelta(days=2), tmp_path)
    clock = VirtualClock(test_timers.BEGIN)
    clock.advance("P3D")

    def work(_: object) -> None:
        monkeypatch.setattr(Desk, "run_all_due", run_all_due)
        Agency.open(url, clock=clock).run_due()

    life(work)

    def check() -> None:
        with Agency.open(url, clock=clock) as agency:
            agency.run_due()
            assert [case.status for case in agency.cases(by=SYSTEM)] == ["completed"] * 5

    with pytest.raises((AssertionError, StoreError)):
        check()


@needs_fork
def test_a_key_for_each_try_is_seen(url: str, tmp_path: Path, monkeypatch: Patch) -> None:
    original = handling.call

    def call(handler: object, job: object, data: object, check: object) -> object:
        return original(handler, attrs.evolve(job, id=f"{job.id}#{job.fence}"), data, check)  # type: ignore[arg-type, attr-defined]

    monkeypatch.setattr(running, "call", call)

    def check() -> None:
        seen, cases = test_workers.effects_of_killed_workers(url, tmp_path / "receiver", 3)
        assert len(seen) == cases

    must_fail(check)


def test_a_key_that_nobody_remembers_is_seen(monkeypatch: Patch) -> None:
    monkeypatch.setattr(Desk, "_remembered", lambda *_: None)
    must_fail(lambda: [run(seed) for seed in range(10)])


def test_a_conversation_whose_places_nobody_else_takes_is_seen(url: str, monkeypatch: Patch) -> None:
    places = itertools.count()
    with Agency.open(url) as first, Agency.open(url) as second:
        deploy(first, permit=test_conversations.BOTH)
        monkeypatch.setattr(conversing, "_next_place", lambda *_: f"place {next(places)}")
        must_fail(lambda: test_conversations.one_case_gets_both((first, second)))


def test_a_completion_that_is_acknowledged_before_it_is_written_is_seen(monkeypatch: Patch) -> None:
    original = Desk.execute

    def execute(self: Desk, case: str, command, prepare, **how):  # type: ignore[no-untyped-def]
        try:
            return original(self, case, command, prepare, **how)
        except StoreError:
            return self.wiring.store.load(self.tenant, case)

    monkeypatch.setattr(Desk, "execute", execute)
    must_fail(lambda: [run(seed) for seed in range(20)])

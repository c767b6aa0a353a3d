# SPDX-License-Identifier: Apache-2.0
"""A process that is killed loses nothing that was acknowledged and leaves nothing half-written, on both databases, wherever it is killed."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults.lives import FAILPOINTS, LOOP, Say, die_at, life, needs_fork

from egov_flow.agency import Agency
from egov_flow.values import SYSTEM, Actor

LONGEST_LIFE = 0.12
"""Seconds that a child lives after its first commit, at most."""
BATCHES = [pytest.param(20, number, marks=pytest.mark.long, id=f"20, {number} of 19") for number in range(1, 20)]
"""380 kills on 19 databases: after each death the whole trail is verified, and it grows."""
CITIZEN = Actor("citizen:17")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    found: str = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else f"sqlite:///{tmp_path}/cases.db"
    return found


@pytest.fixture
def case(url: str) -> str:
    """The id of a case whose documents are never complete."""
    with Agency.open(url) as agency:
        agency.deploy(LOOP)
        return agency.start("loop", by=CITIZEN).id


def commands_for_ever(url: str, case: str, failpoint: str = "", calls: int = 0) -> Callable[[Say], None]:
    """Complete task after task, and say after each which version the case then has."""

    def work(say: Say) -> None:
        agency = Agency.open(url)
        found = agency.case(case, by=SYSTEM)
        if failpoint:
            say(_version(agency, case))
            die_at(failpoint, agency, calls=calls)
        while True:
            found = agency.complete(found.tasks[0].id, {"complete": False}, by=SYSTEM)
            say(_version(agency, case))

    return work


def _version(agency: Agency, case: str) -> int:
    record = agency.wiring.store.load("default", case)
    assert record is not None
    return record.state_version


def check_after_death(url: str, case: str, acknowledged: int) -> int:
    """Check that a case is whole and has all that was acknowledged; return its version."""
    with Agency.open(url) as agency:
        store, version = agency.wiring.store, _version(agency, case)
        found = agency.audit.verify()
        assert found.findings == (), "the chain, and the state that the last event names"
        assert version >= acknowledged
        assert len(store.recorded("default", case)) == version
        commands = [e for e in agency.history(case, by=SYSTEM) if e.cause == 0]
        assert len(commands) == version
        record = store.load("default", case)
        assert record is not None
        assert agency.history(case, by=SYSTEM)[-1].case_seq == record.last_seq
        shown = agency.case(case, by=SYSTEM)
        assert tuple(task.element for task in shown.tasks) == shown.waiting
        return version


def killed_at_random(url: str, case: str, rounds: int, seed: int = 0) -> int:
    """Kill so many processes at moments of chance; return the case's last version."""
    chance, version = random.Random(seed), 0
    for _ in range(rounds):
        said = life(commands_for_ever(url, case), length=chance.uniform(0, LONGEST_LIFE))
        version = check_after_death(url, case, max(map(int, said)))
    return version


@needs_fork
@pytest.mark.parametrize(("rounds", "seed"), [pytest.param(26, 0, id="26"), *BATCHES])
def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(url: str, case: str, rounds: int, seed: int, tmp_path: Path) -> None:
    version = killed_at_random(url, case, rounds, seed)
    assert version > rounds, "the children were killed before they did anything"
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(tmp_path / "cases.db")) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@needs_fork
@pytest.mark.parametrize("rounds", [2, pytest.param(10, marks=pytest.mark.long)])
@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_a_process_that_dies_at_a_named_point_leaves_the_step_whole_or_undone(url: str, case: str, failpoint: str, rounds: int) -> None:
    for calls in range(1, rounds + 1):
        before = check_after_death(url, case, 0)
        said = life(commands_for_ever(url, case, failpoint, calls))
        version = check_after_death(url, case, max(map(int, said)))
        done = before + calls if failpoint == "after commit" else before + calls - 1
        assert version == done

# SPDX-License-Identifier: Apache-2.0
"""A worker goes on when its database does not answer, and says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.unit.agency.conftest import CITIZEN, PERMIT

from egov_flow.agency import Agency, Worker
from egov_flow.errors import StoreError
from egov_flow.testing import VirtualClock
from egov_flow.values import SYSTEM


@pytest.fixture
def office(clock: VirtualClock) -> Agency:
    agency = Agency.open("memory:", clock=clock, handlers={"register.lookup": lambda _: {}}, run_jobs="worker")
    for view in (agency, agency.of("other")):
        view.deploy(PERMIT)
        view.start("permit", by=CITIZEN)
    return agency


def test_a_worker_serves_the_tenants_that_it_was_given(office: Agency) -> None:
    assert Worker([office]).round() == 1
    assert Worker([office, office.of("other")]).round() == 1
    assert [case.waiting for case in office.of("other").cases(by=SYSTEM)] == [("Task_Decide",)]


def test_a_worker_that_was_stopped_begins_nothing(office: Agency) -> None:
    worker = Worker([office])
    worker.stop()
    worker.run()
    assert (worker.round(), worker.health.ran) == (0, 0)


def test_trouble_ends_a_round_and_not_the_worker(office: Agency, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker([office])

    def unreachable(*_: object) -> None:
        raise StoreError("EF-S011", place="cases.db")

    with monkeypatch.context() as patched:
        patched.setattr(office.wiring.store, "due", unreachable)
        assert worker.round() == 0
        assert (worker.health.trouble, worker.health.is_well(clock.now())) == ("EF-S011", False)
    assert worker.round() == 1
    assert (worker.health.trouble, worker.health.is_well(clock.now())) == ("", True)
    assert not worker.health.is_well(clock.now() + timedelta(minutes=6)), "a handler hangs"

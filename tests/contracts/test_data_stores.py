# SPDX-License-Identifier: Apache-2.0
"""A case reads and writes the data stores of its diagram, whatever keeps the case itself: once each, again when they do not answer, and never in a replay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import egov_flow as ef
from egov_flow.agency import Agency
from egov_flow.errors import ProcedureError
from egov_flow.testing import FakeDataStore, SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Actor, Call

MOVE = str(Path(__file__).parents[1] / "fixtures" / "agency" / "move_of_address.bpmn")
CITIZEN, ADMINISTRATOR = Actor("citizen:17"), Actor("officer:9", roles={"administrator"})
ANI = {"nik": "7", "street": "Canal 5"}


class Silent(FakeDataStore):
    """A store that does not answer the first time that it is written, although it has kept what it was given."""

    def write(self, given: Call) -> None:
        known = len(self.rows)
        super().write(given)
        if len(self.rows) > known:
            raise TimeoutError


@pytest.fixture
def opened(url: str, clock: VirtualClock) -> Iterator[Callable[..., Agency]]:
    agencies: list[Agency] = []

    def open_(**stores: FakeDataStore) -> Agency:
        agencies.append(Agency.open(url, clock=clock, ids=SequentialIds(), stores=stores, run_jobs="inline"))
        agencies[-1].deploy(MOVE)
        return agencies[-1]

    yield open_
    for agency in agencies:
        agency.close()


def test_a_task_sees_what_the_store_held_and_the_store_gets_what_it_yields(opened: Callable[..., Agency]) -> None:
    residents = FakeDataStore({"nik": "6", "street": "Hill 1"}, ANI)
    agency = opened(Residents=residents)
    case = agency.start("move_of_address", {"nik": "7", "secret": 1}, by=CITIZEN)
    (task,) = case.tasks
    assert residents.asked == [{"nik": "7"}]
    ended = agency.complete(task.id, {"entry": {"nik": "7", "street": "Harbor 9"}}, by=SYSTEM)

    assert (ended.status, ended.data) == ("completed", {"nik": "7", "secret": 1})
    assert residents.rows[-1] == {"nik": "7", "street": "Harbor 9"}
    assert agency.audit.verify().findings == ()


def test_a_store_that_does_not_answer_is_an_incident_and_the_retry_writes_once(opened: Callable[..., Agency]) -> None:
    residents = Silent(ANI)
    agency = opened(Residents=residents)
    case = agency.start("move_of_address", {"nik": "7"}, by=CITIZEN)
    agency.complete(case.tasks[0].id, {"entry": {"nik": "7"}}, by=SYSTEM)
    (incident,) = agency.incidents(by=ADMINISTRATOR)
    assert "EF-A053: the data store Residents failed with TimeoutError" in incident.cause
    ended = agency.retry(incident.id, by=ADMINISTRATOR)

    assert (ended.status, len(residents.rows)) == ("completed", 2)


def test_a_drawing_with_a_store_that_nobody_registered_is_not_deployed_where_jobs_run_at_once(opened: Callable[..., Agency]) -> None:
    with pytest.raises(ProcedureError) as refused:
        opened()

    (found,) = refused.value.findings
    assert (found.code, found.element, found.arguments["store"]) == ("EF-A054", "Task_Check", "Residents")
    assert found.place.line > 0


def test_a_store_that_is_registered_no_more_is_an_incident(opened: Callable[..., Agency]) -> None:
    agency = opened(Residents=FakeDataStore())
    agency.wiring.stores = {}
    agency.start("move_of_address", {"nik": "7"}, by=CITIZEN)

    assert ["EF-A052" in i.cause for i in agency.incidents(by=ADMINISTRATOR)] == [True]


def test_a_replay_needs_no_store(opened: Callable[..., Agency]) -> None:
    residents = FakeDataStore(ANI)
    agency = opened(Residents=residents)
    case = agency.start("move_of_address", {"nik": "7"}, by=CITIZEN)
    agency.complete(case.tasks[0].id, {"entry": {"nik": "7"}}, by=SYSTEM)
    known = len(residents.asked), len(residents.rows)
    replayed = ef.replay(agency.recording(case.id, by=SYSTEM), ef.Procedure.read(MOVE))

    assert replayed.outcome == "same state"
    assert (len(residents.asked), len(residents.rows)) == known

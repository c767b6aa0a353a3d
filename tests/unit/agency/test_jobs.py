# SPDX-License-Identifier: Apache-2.0
"""Handlers: run after the commit, reported as a command; what goes wrong becomes an incident."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.unit.agency.conftest import ADMINISTRATOR, CITIZEN, PERMIT

from egov_flow.agency import Agency
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, BpmnError, Call


@pytest.fixture
def behaviour() -> list[object]:
    """What the handler does next, call by call."""
    return []


@pytest.fixture
def office(clock: VirtualClock, behaviour: list[object]) -> Iterator[Agency]:
    def lookup(call: Call) -> dict[str, object]:
        assert call.key.startswith(call.case)
        act = behaviour.pop(0)
        if isinstance(act, Exception):
            raise act
        return act  # type: ignore[return-value]

    with Agency.open("memory:", clock=clock, ids=SequentialIds(), handlers={"register.lookup": lookup}) as agency:
        agency.deploy(PERMIT)
        yield agency


def test_a_failing_handler_is_an_incident_that_can_be_retried(office: Agency, behaviour: list[object]) -> None:
    behaviour += [ConnectionError("secret of the citizen"), {"resident": False}]
    case = office.start("permit", by=CITIZEN)
    (incident,) = case.incidents
    assert (incident.element, incident.kind) == ("Task_Lookup", "handler")
    assert "secret" not in incident.cause
    assert office.incidents(by=ADMINISTRATOR) == [incident]

    case = office.retry(incident.id, by=ADMINISTRATOR)
    assert (case.incidents, case.waiting, case.data["resident"]) == ((), ("Task_Decide",), False)


def test_an_incident_may_be_resolved_by_hand(office: Agency, behaviour: list[object]) -> None:
    behaviour += [ConnectionError()]
    case = office.start("permit", by=CITIZEN)
    case = office.resolve(case.incidents[0].id, {"resident": True}, skip=True, reason="looked up on paper", by=ADMINISTRATOR)
    assert (case.incidents, case.waiting) == ((), ("Task_Decide",))


def test_an_error_that_nothing_catches_is_an_incident(office: Agency, behaviour: list[object]) -> None:
    behaviour += [BpmnError("unknown_person")]
    case = office.start("permit", by=CITIZEN)
    assert [i.element for i in case.incidents] == ["Task_Lookup"]
    assert case.status == "running"


def test_a_missing_handler_and_a_wrong_answer_are_incidents(office: Agency, behaviour: list[object]) -> None:
    behaviour += [["no", "dict"], {"x": float("nan")}]
    first = office.start("permit", by=CITIZEN)
    second = office.start("permit", by=CITIZEN)
    assert [len(c.incidents) for c in (first, second)] == [1, 1]
    with Agency.open("memory:", ids=SequentialIds()) as bare:
        bare.deploy(PERMIT)
        assert "EF-A012" in bare.start("permit", by=CITIZEN).incidents[0].cause


def test_a_worker_leaves_jobs_to_run_due(clock: VirtualClock) -> None:
    with Agency.open("memory:", clock=clock, run_jobs="worker", handlers={"register.lookup": lambda _: {}}) as agency:
        agency.deploy(PERMIT)
        case = agency.start("permit", by=CITIZEN)
        assert case.waiting == ("Task_Lookup",)
        assert agency.run_due() == 1
        assert agency.case(case.id, by=SYSTEM).waiting == ("Task_Decide",)


def test_a_result_that_comes_after_the_case_was_cancelled_is_dropped(clock: VirtualClock) -> None:
    def lookup(call: Call) -> dict[str, object]:
        agency.cancel(call.case, reason="withdrawn meanwhile", by=SYSTEM)
        return {"resident": True}

    with Agency.open("memory:", clock=clock, ids=SequentialIds(), handlers={"register.lookup": lookup}) as agency:
        agency.deploy(PERMIT)
        case = agency.start("permit", by=CITIZEN)
        assert (case.status, case.data, case.incidents) == ("cancelled", {}, ())
        assert agency.run_due() == 0
        assert agency.audit.verify().findings == ()

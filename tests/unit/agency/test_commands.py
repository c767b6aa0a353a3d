# SPDX-License-Identifier: Apache-2.0
"""What people do to a case through the Agency."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.agency.conftest import ADMINISTRATOR, CITIZEN, CLERK, COLLEAGUE, STRANGER

from egov_flow.agency import Agency, Case
from egov_flow.errors import AlreadyCompleted, ConflictError, InvalidData, NotAllowed, NotFound
from egov_flow.testing import VirtualClock
from egov_flow.values import SYSTEM, Call


def test_a_case_runs_from_the_application_to_the_permit(agency: Agency, calls: list[Call]) -> None:
    case = agency.start("permit", {"street": "Canal 5"}, by=CITIZEN)
    assert (case.status, case.waiting) == ("running", ("Task_Decide",))
    assert [call.name for call in calls] == ["register.lookup"]
    assert case.data == {"street": "Canal 5", "resident": True}

    (task,) = agency.tasks(by=CLERK)
    case = agency.complete(task.id, {"grant": True}, by=CLERK)
    assert case.waiting == ("Gateway_Wait",)

    (case,) = agency.send("Payment received", {"amount": 50000}, correlate={"number": case.number}, by=SYSTEM)
    assert case.status == "completed"
    assert case.data["amount"] == 50000


def test_a_timer_ends_what_nobody_paid(agency: Agency, a_decided_case: Callable[[], Case], clock: VirtualClock) -> None:
    case = a_decided_case()
    clock.advance("P13D")
    assert agency.run_due() == 0
    clock.advance("P1D")
    assert agency.run_due() == 1
    assert agency.case(case.id, by=SYSTEM).status == "completed"
    assert agency.run_due() == 0


def test_a_task_is_completed_once(agency: Agency, a_case: Case) -> None:
    task = a_case.tasks[0]
    agency.complete(task.id, by=CLERK)
    with pytest.raises(AlreadyCompleted):
        agency.complete(task.id, by=CLERK)


def test_a_claimed_task_is_its_holders_alone(agency: Agency, a_case: Case) -> None:
    task = a_case.tasks[0]
    agency.claim(task.id, by=CLERK)
    with pytest.raises(ConflictError):
        agency.claim(task.id, by=COLLEAGUE)
    with pytest.raises(NotAllowed):
        agency.complete(task.id, by=COLLEAGUE)
    agency.release(task.id, by=CLERK)
    agency.claim(task.id, by=COLLEAGUE)
    assert agency.complete(task.id, by=COLLEAGUE).waiting == ("Gateway_Wait",)


def test_an_administrator_assigns_a_task_to_somebody_who_may_do_it(agency: Agency, a_case: Case) -> None:
    task = a_case.tasks[0]
    agency.assign(task.id, COLLEAGUE, by=ADMINISTRATOR)
    assert agency.case(a_case.id, by=CLERK).tasks[0].assignee == COLLEAGUE.id
    with pytest.raises(NotAllowed):
        agency.assign(task.id, STRANGER, by=ADMINISTRATOR)


def test_the_wrong_people_are_refused_and_change_nothing(agency: Agency, a_case: Case) -> None:
    task = a_case.tasks[0]
    before = agency.history(a_case.id, by=SYSTEM)
    with pytest.raises(NotFound):
        agency.complete(task.id, by=STRANGER)
    with pytest.raises(NotAllowed):
        agency.complete(task.id, by=CITIZEN)
    with pytest.raises(NotAllowed):
        agency.suspend(a_case.id, reason="no", by=CLERK)
    with pytest.raises(NotFound):
        agency.cancel(a_case.id, reason="no", by=STRANGER)
    assert agency.history(a_case.id, by=SYSTEM) == before


def test_the_applicant_may_withdraw(agency: Agency, a_case: Case) -> None:
    case = agency.cancel(a_case.id, reason="I moved away", by=CITIZEN)
    assert (case.status, case.tasks) == ("cancelled", ())


def test_a_suspended_case_waits(agency: Agency, a_decided_case: Callable[[], Case], clock: VirtualClock) -> None:
    case = a_decided_case()
    agency.suspend(case.id, reason="court order", by=ADMINISTRATOR)
    clock.advance("P30D")
    assert agency.run_due() == 0
    with pytest.raises(ConflictError):
        agency.send("Payment received", correlate={"number": case.number}, by=SYSTEM)
    agency.resume(case.id, by=ADMINISTRATOR)
    assert agency.run_due() == 1
    assert agency.case(case.id, by=SYSTEM).status == "completed"


def test_a_message_that_nobody_awaits_is_refused(agency: Agency, a_case: Case) -> None:
    with pytest.raises(NotFound, match="EF-A016"):
        agency.send("Payment received", correlate={"number": a_case.number}, by=SYSTEM)


def test_a_message_for_several_cases_names_one(agency: Agency) -> None:
    for _ in range(2):
        case = agency.start("permit", by=CITIZEN)
        agency.complete(case.tasks[0].id, by=CLERK)
    with pytest.raises(ConflictError, match="EF-A017"):
        agency.send("Payment received", by=SYSTEM)
    (paid,) = agency.send("Payment received", correlate={"case": case.id}, by=SYSTEM)
    assert paid.id == case.id


@pytest.mark.parametrize("data", [{"__class__": 1}, {"amount": float("nan")}, {"amount": float("inf")}, {1: 2}, ["no", "dict"]])
def test_hostile_data_is_refused_by_name_and_never_by_value(agency: Agency, a_case: Case, data: dict[str, object]) -> None:
    before = agency.history(a_case.id, by=SYSTEM)
    with pytest.raises(InvalidData):
        agency.complete(a_case.tasks[0].id, data, by=CLERK)
    assert agency.history(a_case.id, by=SYSTEM) == before


def test_an_unknown_procedure_is_not_found(agency: Agency) -> None:
    with pytest.raises(NotFound, match="deployed are: permit"):
        agency.start("passport", by=CITIZEN)


def test_what_is_no_id_of_a_task_or_an_incident_is_named_as_it_was_given(agency: Agency) -> None:
    with pytest.raises(NotFound, match="EF-A004: there is no task nonsense"):
        agency.complete("nonsense", by=CLERK)
    with pytest.raises(NotFound, match="EF-A045: there is no open incident nonsense"):
        agency.retry("nonsense", by=ADMINISTRATOR)

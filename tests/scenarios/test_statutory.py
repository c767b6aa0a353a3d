# SPDX-License-Identifier: Apache-2.0
"""Forms and statutory deadlines, on the request for public information that ships."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from egov_flow.agency import Agency, Case
from egov_flow.agency.desk import Prepare
from egov_flow.agency.wiring import Wiring
from egov_flow.deadlines import why
from egov_flow.errors import ConflictError, InvalidData, NotAllowed, NotFound
from egov_flow.procedure import read
from egov_flow.replaying import replay
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Actor, Call, Command, Deadline, Due

FOI = str(Path(__file__).parents[2] / "processes" / "indonesia" / "foi_request")
SITI = Actor("citizen:17")
DESK = Actor("officer:1", roles={"desk"})
UNIT = Actor("officer:2", roles={"holding_unit"})
PPID = Actor("officer:3", roles={"ppid"})
ADMINISTRATOR = Actor("officer:9", roles={"administrator"})


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock("2026-01-05T09:00:00+07:00")


@pytest.fixture
def office(clock: VirtualClock) -> Iterator[Agency]:
    def notify(_: Call) -> None:
        return None

    with Agency.open("memory:", clock=clock, ids=SequentialIds(), handlers={"notify.applicant": notify}) as agency:
        agency.deploy(FOI)
        yield agency


def do(agency: Agency, case: Case, element: str, data: dict[str, object], by: Actor) -> Case:
    task = next(t for t in agency.tasks(by=by, case=case.id) if t.element == element)
    return agency.complete(task.id, data, by=by)


@pytest.fixture
def a_request(office: Agency) -> Case:
    """A registered request whose examination has begun."""
    case = office.start("foi_request", {"subject": "Budget of the village road"}, by=SITI)
    do(office, case, "Task_Register", {}, DESK)
    do(office, case, "Task_AgendaBook", {}, DESK)
    return do(office, case, "Task_CheckComplete", {"complete": True}, DESK)


def running(case: Case, name: str) -> Deadline:
    return next(d for d in case.deadlines if d.name == name)


@pytest.mark.parametrize(
    ("data", "says"),
    [({}, "subject: required"), ({"subject": "x", "nik": "3273"}, "nik: unknown field"), ({"subject": 5}, "subject: type string")],
)
def test_what_the_start_form_does_not_ask_for_is_refused(office: Agency, data: dict[str, object], says: str) -> None:
    with pytest.raises(InvalidData, match=says) as refused:
        office.start("foi_request", data, by=SITI)
    assert "3273" not in str(refused.value)
    assert office.cases(by=SYSTEM) == []


def test_a_task_takes_its_own_form_only(office: Agency, a_request: Case) -> None:
    (task,) = a_request.tasks
    with pytest.raises(InvalidData, match="decision: unknown field; held: required"):
        office.complete(task.id, {"decision": "grant"}, by=UNIT)
    assert office.case(a_request.id, by=SYSTEM) == a_request


def test_a_task_shows_the_fields_of_its_form(office: Agency, a_request: Case) -> None:
    do(office, a_request, "Task_CheckHeld", {"held": True, "pages": 3}, UNIT)
    (task,) = office.tasks(by=PPID)
    assert task.element == "Task_CheckExempt"
    assert set(task.data) <= {"exempt", "exemption_ground"}, "the applicant's name is not its business"


def test_a_correction_must_fit_some_form(office: Agency, a_request: Case) -> None:
    with pytest.raises(InvalidData, match="shoe_size"):
        office.correct(a_request.id, {"shoe_size": 42}, reason="typing error", by=ADMINISTRATOR)
    with pytest.raises(InvalidData, match="pages"):
        office.correct(a_request.id, {"pages": -1}, reason="typing error", by=ADMINISTRATOR)
    assert office.correct(a_request.id, {"pages": 7}, reason="typing error", by=ADMINISTRATOR).data["pages"] == 7


def test_a_message_takes_its_own_form_only(office: Agency) -> None:
    case = office.start("foi_request", {"subject": "x"}, by=SITI)
    do(office, case, "Task_Register", {}, DESK)
    do(office, case, "Task_AgendaBook", {}, DESK)
    do(office, case, "Task_CheckComplete", {"complete": False, "missing": "address"}, DESK)
    with pytest.raises(InvalidData):
        office.send("Completion received", {"amount": 5}, correlate={"number": case.number}, by=SITI)
    (after,) = office.send("Completion received", {"address": "Jl. Merdeka 1"}, correlate={"number": case.number}, by=SITI)
    assert after.waiting == ("Task_CheckComplete",)


def test_ten_working_days_leave_out_weekends_and_holidays(a_request: Case) -> None:
    deadline = running(a_request, "decision")
    # from Monday 5 January 2026; Friday 16 January is a national holiday (Isra Mikraj)
    assert deadline.due.isoformat() == "2026-01-20T17:00:00+00:00", "midnight in Jakarta after Tuesday 20 January"
    explained = "\n".join(why(deadline))
    assert "2026-01-16" in explained
    assert deadline.verified


def test_a_deadline_is_extended_once_and_with_a_reason(office: Agency, a_request: Case) -> None:
    before = running(a_request, "decision").due
    with pytest.raises(NotAllowed):
        office.extend(a_request.id, "decision", reason="", by=PPID)
    with pytest.raises(NotAllowed):
        office.extend(a_request.id, "decision", reason="because", by=SITI)
    extended = running(office.extend(a_request.id, "decision", reason="two units must be asked", by=PPID), "decision")
    assert (extended.due - before).days == 9, "seven working days and a weekend"
    with pytest.raises(NotAllowed):
        office.extend(a_request.id, "decision", reason="once more", by=PPID)
    with pytest.raises(NotFound):
        office.extend(a_request.id, "tea", reason="break", by=PPID)


def test_an_expired_deadline_reaches_the_diagram(office: Agency, a_request: Case, clock: VirtualClock) -> None:
    clock.advance("P16D")
    office.run_due()
    case = office.case(a_request.id, by=SYSTEM)
    assert running(case, "decision").status == "expired"
    assert {t.element for t in case.tasks} == {"Task_CheckHeld", "Task_ExplainDelay"}
    with pytest.raises(ConflictError):
        office.extend(case.id, "decision", reason="too late", by=PPID)


def test_a_deadline_that_expired_unseen_is_expired_and_its_event_has_fired(office: Agency, clock: VirtualClock) -> None:
    case = office.start("foi_request", {"subject": "Budget of the village road"}, by=SITI)
    for data in ({}, {}, {"complete": True}):
        case = office.complete(case.tasks[0].id, data, by=SYSTEM)
    clock.advance("P16D")
    case = office.complete(case.tasks[0].id, {"held": True, "pages": 3}, by=SYSTEM)

    assert {d.name: d.status for d in case.deadlines}["decision"] == "expired"
    assert "Task_ExplainDelay" in {t.element for t in case.tasks}


def test_an_event_that_is_awaited_only_after_its_deadline_has_expired_fires_at_once(office: Agency, clock: VirtualClock) -> None:
    case = office.start("foi_request", {"subject": "Budget of the village road"}, by=SITI)
    for data in ({}, {}):
        case = office.complete(case.tasks[0].id, data, by=SYSTEM)
    clock.advance("P30D")
    office.run_due()
    assert {d.name: d.status for d in office.case(case.id, by=SYSTEM).deadlines}["decision"] == "expired"
    case = office.complete(office.case(case.id, by=SYSTEM).tasks[0].id, {"complete": True}, by=SYSTEM)

    assert "Task_ExplainDelay" in {t.element for t in case.tasks}
    assert [e.element for e in office.history(case.id, by=SYSTEM) if e.kind == "expired" and e.element.startswith("Boundary")] == [
        "Boundary_Overdue"
    ]
    assert replay(office.recording(case.id, by=SYSTEM), read(FOI)).outcome == "same state"


def test_what_was_committed_is_answered_though_the_expiry_that_follows_is_refused(office: Agency, clock: VirtualClock) -> None:
    case = office.start("foi_request", {"subject": "Budget of the village road"}, by=SITI)
    for data in ({}, {}):
        case = office.complete(case.tasks[0].id, data, by=SYSTEM)
    clock.advance("P30D")
    office.run_due()
    desk, (task,) = office._desk, office.case(case.id, by=SYSTEM).tasks
    expire = desk.due_command

    def after_somebody_quicker(wiring: Wiring, item: Due) -> tuple[Command, Prepare]:
        office.suspend(case.id, reason="a court asked", by=ADMINISTRATOR)
        return expire(wiring, item)

    desk.due_command = after_somebody_quicker

    assert "Task_CheckHeld" in office.complete(task.id, {"complete": True}, by=SYSTEM).waiting
    assert office.case(case.id, by=SYSTEM).status == "suspended"

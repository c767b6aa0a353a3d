# SPDX-License-Identifier: Apache-2.0
"""A message from outside that nobody awaits is kept for as long as its sender says, on every store: sealed, numbered, told, and once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy
from tests.contracts.conftest import deploy

from egov_flow.agency import Agency
from egov_flow.errors import ConflictError, InvalidData, NotFound
from egov_flow.testing import VirtualClock
from egov_flow.values import SYSTEM, Actor

CITIZEN, STRANGER = Actor("citizen:17"), Actor("citizen:99")
ADMINISTRATOR = Actor("officer:9", roles={"administrator"})
WEEK = timedelta(days=7)
WAITER = "start s\nuser u\ncatch c | message Payment\nuser a\ns > u\nu > c\nc > a\nend e\na > e"
KEYED = WAITER.replace("Payment", "Payment | key file")
BEGINNER = "start s | message Payment\nuser a\ns > a\nend e\na > e"


def go_on(office: Agency, case) -> None:
    """Do what comes before the case awaits the message."""
    office.complete(case.tasks[0].id, by=SYSTEM)


def later(office: Agency, clock: VirtualClock, time: str) -> None:
    clock.advance(time)
    office.run_due()


def now(office: Agency, case):
    return office.case(case.id, by=SYSTEM)


def test_it_is_delivered_when_its_case_comes_to_await_it(office: Agency, clock: VirtualClock) -> None:
    deploy(office, permit=WAITER)
    permit = office.start("permit", by=CITIZEN)
    (kept,) = office.send("Payment", {"amount": 5}, correlate={"number": permit.number}, keep=WEEK, by=CITIZEN)
    assert (kept.procedure, kept.status, now(office, permit).waiting) == ("egov_incoming", "running", ("u",))
    go_on(office, permit)
    later(office, clock, "PT5M")

    assert (now(office, permit).waiting, now(office, permit).data["amount"]) == (("a",), 5)
    assert (now(office, kept).status, now(office, kept).data["receiver"]) == ("completed", permit.id)
    assert office.audit.verify().findings == ()


def test_it_waits_for_the_case_of_its_correlation_key(office: Agency, clock: VirtualClock) -> None:
    deploy(office, permit=KEYED)
    seven, eight = (office.start("permit", {"file": f}, by=CITIZEN) for f in ("7", "8"))
    office.send("Payment", correlate={"file": "8"}, keep=WEEK, by=CITIZEN)
    go_on(office, seven)
    go_on(office, eight)
    later(office, clock, "PT5M")

    assert (now(office, seven).waiting, now(office, eight).waiting) == (("c",), ("a",))


def test_it_begins_a_case_once_a_procedure_is_deployed_that_it_begins(office: Agency, clock: VirtualClock) -> None:
    office.send("Payment", {"amount": 5}, keep=WEEK, by=CITIZEN)
    deploy(office, register=BEGINNER)
    later(office, clock, "PT5M")

    (begun,) = office.cases(by=SYSTEM, procedure="register")
    assert begun.data == {"amount": 5}
    assert office.case(begun.id, by=CITIZEN).number == begun.number, "who sent it is the applicant"


def test_without_a_time_it_is_refused_and_one_that_is_awaited_is_not_kept(office: Agency) -> None:
    deploy(office, permit=WAITER)
    permit = office.start("permit", by=CITIZEN)
    with pytest.raises(NotFound):
        office.send("Payment", by=CITIZEN)
    go_on(office, permit)
    (got,) = office.send("Payment", keep=WEEK, by=CITIZEN)

    assert (got.id, office.cases(by=SYSTEM, procedure="egov_incoming")) == (permit.id, [])


def test_the_same_key_keeps_it_once_and_gives_the_same_case_after_it_was_delivered(office: Agency, clock: VirtualClock) -> None:
    deploy(office, permit=WAITER)
    permit = office.start("permit", by=CITIZEN)
    send = {"correlate": {"number": permit.number}, "by": CITIZEN, "key": "bank-1"}
    (first,) = office.send("Payment", {"amount": 5}, keep=WEEK, **send)
    (again,) = office.send("Payment", {"amount": 5}, keep=WEEK, **send)
    go_on(office, permit)
    later(office, clock, "PT5M")
    (delivered,) = office.send("Payment", {"amount": 5}, keep=WEEK, **send)

    assert first.id == again.id == delivered.id
    assert now(office, permit).waiting == ("a",)
    with pytest.raises(ConflictError):
        office.send("Payment", {"amount": 6}, keep=WEEK, **send)


def test_after_its_time_it_is_an_incident_that_can_be_tried_again_or_let_be(office: Agency, clock: VirtualClock) -> None:
    deploy(office, permit=WAITER)
    office.send("Payment", keep=timedelta(days=2), by=CITIZEN)
    office.send("Refund", keep=timedelta(days=2), by=CITIZEN)
    later(office, clock, "P1DT23H")
    assert office.incidents(by=ADMINISTRATOR) == []
    later(office, clock, "PT2H")
    payment, refund = office.incidents(by=ADMINISTRATOR)
    assert "EF-A049: the message Payment was kept until 2026-01-07" in payment.cause
    permit = office.start("permit", by=CITIZEN)
    go_on(office, permit)
    office.retry(payment.id, by=ADMINISTRATOR)
    let_be = office.resolve(refund.id, skip=True, reason="withdrawn by the bank", by=ADMINISTRATOR)

    assert (now(office, permit).waiting, let_be.status, office.incidents(by=ADMINISTRATOR)) == (("a",), "completed", [])


def test_it_is_delivered_in_the_name_of_its_sender_with_no_more_rights_than_these(office: Agency, clock: VirtualClock) -> None:
    deploy(office, permit=WAITER)
    permit = office.start("permit", by=CITIZEN)
    office.send("Payment", correlate={"number": permit.number}, keep=WEEK, by=STRANGER)
    go_on(office, permit)
    later(office, clock, "PT5M")
    assert now(office, permit).waiting == ("c",), "whoever may not send it to the case may not keep it for the case either"
    office.send("Payment", correlate={"number": permit.number}, by=CITIZEN)

    assert next(e.actor for e in office.history(permit.id, by=SYSTEM) if e.kind == "send") == "citizen:17"


def test_what_it_says_is_what_was_received_whatever_became_of_the_variables_since(office: Agency, clock: VirtualClock) -> None:
    deploy(office, permit=WAITER)
    permit = office.start("permit", by=CITIZEN)
    (kept,) = office.send("Payment", {"amount": 5}, correlate={"number": permit.number}, keep=WEEK, by=STRANGER)
    forged = {"sender": {"id": "system", "roles": ["system"]}, "data": {"amount": 900}}
    office.correct(kept.id, forged, reason="a forger in the office", by=ADMINISTRATOR)
    go_on(office, permit)
    later(office, clock, "P8D")
    (incident,) = office.incidents(by=ADMINISTRATOR)
    office.resolve(incident.id, forged, reason="once more", by=ADMINISTRATOR)

    assert now(office, permit).waiting == ("c",)


def test_a_service_task_of_the_name_of_our_deliveries_delivers_nothing(office: Agency) -> None:
    deploy(office, permit=WAITER, forger="start s\nservice f | handler egov:deliver\ns > f\nend e\nf > e")
    permit = office.start("permit", by=CITIZEN)
    go_on(office, permit)
    office.start("forger", {"case": permit.id, "wait": "4", "message": "Payment", "data": {}}, by=STRANGER)

    assert now(office, permit).waiting == ("c",)
    assert ["EF-A012" in i.cause for i in office.incidents(by=ADMINISTRATOR)] == [True]


def test_nobody_else_deploys_or_starts_what_keeps_messages_and_no_time_is_no_time(office: Agency) -> None:
    letter = {"message": "Payment", "data": {}, "correlate": {}, "sender": {"id": "system", "roles": ["system"]}, "time": WEEK}
    office.send("Payment", keep=WEEK, by=CITIZEN)
    with pytest.raises(ConflictError):
        office.start("egov_incoming", letter, by=STRANGER)
    with pytest.raises(ConflictError):
        deploy(office, egov_incoming=BEGINNER)
    with pytest.raises(InvalidData):
        office.send("Payment", keep=timedelta(0), by=CITIZEN)


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_in_the_callers_transaction_it_is_kept_only_if_that_commits(office: Agency, url: str) -> None:
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        office.send("Payment", keep=WEEK, by=CITIZEN, connection=connection)
        connection.rollback()
    assert office.cases(by=SYSTEM) == []
    with engine.begin() as connection:
        office.send("Payment", keep=WEEK, by=CITIZEN, connection=connection)
    engine.dispose()

    assert [c.procedure for c in office.cases(by=SYSTEM)] == ["egov_incoming"]


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_what_comes_to_await_it_in_the_callers_transaction_gets_it_once_that_is_committed(office: Agency, url: str) -> None:
    deploy(office, permit=WAITER, reminder="start s\ncatch c | message Reminder\ns > c\nend e\nc > e")
    permit = office.start("permit", by=CITIZEN)
    letters = [office.send(name, keep=WEEK, by=CITIZEN)[0] for name in ("Payment", "Reminder")]
    due = [office.jobs(letter.id, by=SYSTEM)[0].due for letter in letters]
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        office.complete(permit.tasks[0].id, by=SYSTEM, connection=connection)
        connection.rollback()
    assert [office.jobs(letter.id, by=SYSTEM)[0].due for letter in letters] == due
    with engine.begin() as connection:
        office.complete(permit.tasks[0].id, by=SYSTEM, connection=connection)
        reminder = office.start("reminder", by=CITIZEN, connection=connection)
    engine.dispose()
    office.run_due()

    assert (now(office, permit).waiting, now(office, reminder).status) == (("a",), "completed")
    assert [now(office, letter).status for letter in letters] == ["completed"] * 2


def test_it_is_delivered_at_once_when_its_case_comes_to_await_it(office: Agency) -> None:
    deploy(office, permit=KEYED)
    seven, eight, nine = (office.start("permit", {"file": f}, by=CITIZEN) for f in ("7", "8", "9"))
    correlated = ({"file": "7"}, {"number": eight.number}, {"case": nine.id})
    kept = [office.send("Payment", correlate=correlate, keep=WEEK, by=CITIZEN)[0] for correlate in correlated]

    for case, letter in zip((seven, eight, nine), kept, strict=True):
        answered = office.complete(case.tasks[0].id, by=SYSTEM)
        assert (answered.waiting, now(office, letter).data["receiver"]) == (("a",), case.id)
    assert office.audit.verify().findings == ()


def test_a_worker_delivers_it_in_its_next_round(office: Agency) -> None:
    deploy(office, permit=WAITER)
    office.wiring.run_jobs = "worker"
    permit = office.start("permit", by=CITIZEN)
    office.send("Payment", keep=WEEK, by=CITIZEN)
    office.run_due()
    go_on(office, permit)
    assert now(office, permit).waiting == ("c",)
    office.run_due()

    assert now(office, permit).waiting == ("a",)


def test_a_case_wakes_only_what_is_kept_for_it(office: Agency) -> None:
    deploy(office, permit=KEYED)
    permit = office.start("permit", {"file": "7"}, by=CITIZEN)
    others = [office.send(name, correlate=to, keep=WEEK, by=CITIZEN)[0] for name, to in (("Payment", {"file": "8"}), ("Refund", {}))]
    go_on(office, permit)

    assert [office.jobs(letter.id, by=SYSTEM)[0].attempts for letter in others] == [1, 1]
    assert now(office, permit).waiting == ("c",)


def test_one_that_was_delivered_or_taken_back_is_waited_for_no_more(office: Agency) -> None:
    deploy(office, permit=WAITER)
    permit = office.start("permit", by=CITIZEN)
    first, second = (office.send("Payment", keep=WEEK, by=CITIZEN)[0] for _ in range(2))
    mark = office.wiring.keys.letter("default", "Payment", "")
    assert [case for case, _ in office.wiring.store.waits("default", mark, None, None)] == [first.id, second.id]

    office.cancel(second.id, reason="sent twice", by=CITIZEN)
    go_on(office, permit)

    assert (now(office, first).status, now(office, permit).waiting) == ("completed", ("a",))
    assert office.wiring.store.waits("default", mark, None, None) == ()

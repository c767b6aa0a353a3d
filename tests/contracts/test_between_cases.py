# SPDX-License-Identifier: Apache-2.0
"""What a case throws reaches others: those that await it, those that it begins, and, for a message, whoever comes to await it within a week; on every store."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.contracts.conftest import deploy
from tests.corners.drawing import bpmn

from egov_flow.agency import Agency
from egov_flow.agency.desk import Desk
from egov_flow.errors import ConflictError, InvalidData, NotAllowed, NotFound
from egov_flow.procedure import read_files
from egov_flow.testing import VirtualClock
from egov_flow.values import SYSTEM, Actor, CaseRecord, Command

CITIZEN = Actor("citizen:17")
CLERK = Actor("officer:1", roles={"clerk"})
ADMINISTRATOR = Actor("officer:9", roles={"administrator"})
SENDER = "start s\nuser u\nthrow t | message Objection | in grounds = why\nuser v\ns > u\nu > t\nt > v\nend e\nv > e"
WAITER = "start s\ncatch c | message Objection\nuser a\ns > c\nc > a\nend e\na > e"
BEGINNER = "start s | message Objection\nuser a\ns > a\nend e\na > e"
HERALD = "start s\nuser u\nthrow t | signal Flood\nuser v\ns > u\nu > t\nt > v\nend e\nv > e"
LISTENER = "start s\ncatch c | signal Flood\nuser a\ns > c\nc > a\nend e\na > e"
ALARM = "start s | signal Flood\nuser a\ns > a\nend e\na > e"
PAIR = "start s | together | message Application | message Payment | key file\nuser a\ns > a\nend e\na > e"
EITHER = "start s | timer PT1H | message Objection | signal Flood\nuser a\ns > a\nend e\na > e"
RECEIVER = "receive r | message Objection | instantiate\nuser a\nr > a\nend e\na > e"
FIRST = "events g | instantiate\ncatch c | message Application\ncatch d | message Payment\nuser a\nuser b\nend e\ng > c\ng > d\nc > a\nd > b\na > e\nb > e"
BOTH = (
    FIRST.replace("instantiate", "instantiate | kind Parallel")
    .replace("Application", "Application | key file")
    .replace("Payment", "Payment | key file")
)
DAILY = "start s | cycle R/P1D\nuser a\ns > a\nend e\na > e"
POOLS = "start s\nthrow t | message Objection\nuser v\ns > t\nt > v\nend e\nv > e\nprocess Q {\nstart q | message Objection\nuser b\nq > b\nend f\nb > f\n}"


def throw(office: Agency, sender: str = "sender", **data: object):
    """Start a sender and let it throw."""
    case = office.start(sender, data, by=CITIZEN)
    return office.complete(case.tasks[0].id, by=SYSTEM)


def waiting(office: Agency, case) -> tuple[str, ...]:
    return office.case(case.id, by=SYSTEM).waiting


def test_a_message_goes_to_the_case_that_awaits_it_with_what_is_mapped(office: Agency) -> None:
    deploy(office, sender=SENDER, waiter=WAITER)
    waiter = office.start("waiter", by=CITIZEN)
    throw(office, why="late", secret="x")

    found = office.case(waiter.id, by=SYSTEM)
    assert (found.waiting, found.data["grounds"]) == (("a",), "late")
    assert "secret" not in found.data


def test_a_message_that_nobody_awaits_is_kept_and_delivered_when_somebody_does(office: Agency, clock: VirtualClock) -> None:
    deploy(office, sender=SENDER, waiter=WAITER)
    throw(office)
    waiter = office.start("waiter", by=CITIZEN)
    assert waiting(office, waiter) == ("c",)
    clock.advance("PT5M")
    office.run_due()

    assert waiting(office, waiter) == ("a",)


def test_after_a_week_a_kept_message_is_an_incident_of_its_sender(office: Agency, clock: VirtualClock) -> None:
    deploy(office, sender=SENDER, waiter=WAITER)
    case = throw(office)
    clock.advance("P7D")
    office.run_due()

    (incident,) = office.incidents(by=SYSTEM)
    assert (incident.case, incident.kind, incident.ways_out) == (case.id, "message", ("retry", "resolve"))
    assert "EF-A044" in incident.cause
    assert office.case(case.id, by=SYSTEM).waiting == ("v",), "the sender goes on"


def test_a_kept_message_with_a_key_is_delivered_to_all_who_await_it_by_then(office: Agency, clock: VirtualClock) -> None:
    deploy(office, sender=SENDER.replace("Objection", "Objection | key file"), waiter=WAITER.replace("Objection", "Objection | key file"))
    throw(office, file="7", why="late")
    waiters = [office.start("waiter", {"file": file}, by=CITIZEN) for file in ("7", "7", "8")]
    clock.advance("PT5M")
    office.run_due()

    assert [waiting(office, waiter) for waiter in waiters] == [("a",), ("a",), ("c",)]
    assert office.incidents(by=SYSTEM) == []


def test_a_kept_message_that_began_a_case_is_not_delivered_again_when_that_was_not_reported(
    office: Agency, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(office, sender=SENDER)
    throw(office)
    deploy(office, beginner=BEGINNER, waiter=WAITER)
    clock.advance("PT5M")
    with monkeypatch.context() as dying:
        execute = Desk.execute

        def execute_or_die(self: Desk, case: str, command: Command, *what: Any, **how: Any) -> CaseRecord:
            if command.kind == "report":
                raise ConflictError("EF-S006", job="")
            return execute(self, case, command, *what, **how)

        dying.setattr(Desk, "execute", execute_or_die)
        office.run_due()
    waiter = office.start("waiter", by=CITIZEN)
    clock.advance("PT6M")
    office.run_due()

    assert len(office.cases(by=SYSTEM, procedure="beginner")) == 1
    assert waiting(office, waiter) == ("c",)
    assert [job.status for case in office.cases(by=SYSTEM, procedure="sender") for job in office.jobs(case.id, by=SYSTEM)] == ["done"]


def test_an_undelivered_message_can_be_sent_again_or_let_be(office: Agency, clock: VirtualClock) -> None:
    deploy(office, sender=SENDER, waiter=WAITER)
    throw(office)
    throw(office)
    clock.advance("P7D")
    office.run_due()
    first, second = office.incidents(by=SYSTEM)
    waiter = office.start("waiter", by=CITIZEN)
    office.retry(first.id, by=ADMINISTRATOR)
    office.resolve(second.id, reason="withdrawn", by=ADMINISTRATOR)

    assert (waiting(office, waiter), office.incidents(by=SYSTEM)) == (("a",), [])


@pytest.mark.parametrize("given", [{"data": {"grounds": "late"}}, {"flow": "Flow_1"}])
def test_what_an_undelivered_message_cannot_take_is_refused_and_it_stays(
    office: Agency, clock: VirtualClock, given: dict[str, Any]
) -> None:
    deploy(office, sender=SENDER, waiter=WAITER)
    throw(office)
    clock.advance("P7D")
    office.run_due()
    (incident,) = office.incidents(by=SYSTEM)
    with pytest.raises(InvalidData, match="EF-A057"):
        office.resolve(incident.id, **given, reason="try this", by=ADMINISTRATOR)
    assert office.incidents(by=SYSTEM) == [incident]


def test_a_message_begins_a_case_that_knows_where_it_came_from(office: Agency) -> None:
    deploy(office, sender=SENDER, objection=BEGINNER)
    case = throw(office, why="late")

    (begun,) = office.cases(by=SYSTEM, procedure="objection")
    assert (begun.parent, begun.waiting, begun.data["grounds"]) == (case.id, ("a",), "late")
    assert office.case(begun.id, by=CITIZEN).number == begun.number, "the applicant of the sender is the applicant here"


def test_a_command_leaves_all_else_of_a_case_as_it_was(office: Agency) -> None:
    deploy(office, sender=SENDER, objection=BEGINNER)
    throw(office, why="late")
    (begun,) = office.cases(by=SYSTEM, procedure="objection")

    before = office.wiring.store.load("default", begun.id)
    office.complete(begun.tasks[0].id, by=SYSTEM)
    after = office.wiring.store.load("default", begun.id)
    assert before is not None
    assert after is not None
    changed = {field.name for field in attrs.fields(CaseRecord) if getattr(before, field.name) != getattr(after, field.name)}
    assert changed == {"status", "clear", "payload", "state_version", "last_seq", "last_leaf"}


def test_a_message_from_outside_begins_a_case_once_for_its_key(office: Agency) -> None:
    deploy(office, objection=BEGINNER)
    (first,) = office.send("Objection", by=CITIZEN, key="mail-1")
    (again,) = office.send("Objection", by=CITIZEN, key="mail-1")

    assert first.id == again.id
    with pytest.raises(NotFound):
        office.send("Objection", correlate={"number": "NONE"}, by=CITIZEN)


def test_a_message_that_could_begin_two_kinds_of_cases_is_refused(office: Agency) -> None:
    deploy(office, objection=BEGINNER, complaint=BEGINNER)

    with pytest.raises(ConflictError):
        office.send("Objection", by=CITIZEN)


def test_pools_of_one_file_begin_by_each_others_messages(office: Agency) -> None:
    yaml = b"procedure: pools\nprocess: P\n"
    drawing = bpmn(POOLS).replace('id="Q" isExecutable="false"', 'id="Q" isExecutable="true"')
    office.deploy(read_files([("procedure.yaml", yaml), ("process.bpmn", drawing.encode())], "pools"))
    case = office.start("pools", by=CITIZEN)

    other = next(c for c in office.cases(by=SYSTEM) if c.id != case.id)
    assert (other.parent, other.procedure, other.waiting) == (case.id, "pools", ("b",))


def test_a_thrown_signal_reaches_every_case_and_begins_those_that_start_by_it(office: Agency) -> None:
    deploy(office, herald=HERALD, listener=LISTENER, alarm=ALARM)
    listeners = [office.start("listener", by=CITIZEN) for _ in range(3)]
    throw(office, "herald")

    assert [waiting(office, c) for c in listeners] == [("a",)] * 3
    assert [c.waiting for c in office.cases(by=SYSTEM, procedure="alarm")] == [("a",)]


def test_a_signal_from_outside_reaches_every_case_and_is_for_administrators(office: Agency) -> None:
    deploy(office, listener=LISTENER, alarm=ALARM)
    listener = office.start("listener", by=CITIZEN)
    reached = office.signal("Flood", by=ADMINISTRATOR, key="f1")

    assert {c.id for c in reached} >= {listener.id}
    assert len(reached) == 2
    with pytest.raises(NotAllowed):
        office.signal("Flood", by=CLERK)


def test_a_signal_is_not_kept(office: Agency, clock: VirtualClock) -> None:
    deploy(office, herald=HERALD, listener=LISTENER)
    throw(office, "herald")
    listener = office.start("listener", by=CITIZEN)
    clock.advance("P8D")
    office.run_due()

    assert (waiting(office, listener), office.incidents(by=SYSTEM)) == (("c",), [])


def test_a_timer_start_begins_one_case_for_each_tick_and_one_for_all_that_were_missed(office: Agency, clock: VirtualClock) -> None:
    deploy(office, daily=DAILY)
    assert (office.run_due(), len(office.cases(by=SYSTEM))) == (0, 0)
    clock.advance("P1D")
    assert (office.run_due(), office.run_due()) == (1, 0)
    clock.advance("P3D")
    office.run_due()

    assert len(office.cases(by=SYSTEM)) == 2


def test_a_start_event_that_needs_two_messages_gets_the_second_into_the_same_case(office: Agency) -> None:
    deploy(office, permit=PAIR)
    (first,) = office.send("Application", {"file": "7", "who": "A"}, by=CITIZEN)
    (other,) = office.send("Payment", {"file": "8"}, correlate={"file": "8"}, by=CITIZEN)
    assert (first.waiting, other.waiting) == (("s",), ("s",))

    (again,) = office.send("Payment", {"paid": 5}, correlate={"file": "7"}, by=CITIZEN)

    assert (again.id, again.waiting, again.data["who"], again.data["paid"]) == (first.id, ("a",), "A", 5)
    assert office.case(other.id, by=SYSTEM).waiting == ("s",)


def test_a_start_event_of_several_definitions_begins_a_case_by_each(office: Agency, clock: VirtualClock) -> None:
    deploy(office, either=EITHER)
    office.send("Objection", by=CITIZEN)
    office.signal("Flood", by=ADMINISTRATOR)
    clock.advance("PT1H")
    office.run_due()

    assert [c.waiting for c in office.cases(by=SYSTEM, procedure="either")] == [("a",)] * 3


def test_a_message_begins_a_case_at_a_receive_task_or_at_an_event_behind_a_gateway(office: Agency) -> None:
    deploy(office, objection=RECEIVER, permit=FIRST)

    assert [c.waiting for c in office.send("Objection", {"x": 1}, by=CITIZEN)] == [("a",)]
    assert [c.waiting for c in office.send("Payment", by=CITIZEN)] == [("b",)]
    assert [c.waiting for c in office.send("Application", by=CITIZEN)] == [("a",)]
    assert len(office.cases(by=SYSTEM, procedure="permit")) == 2, "each event begins a case of its own"


def test_the_other_messages_of_a_parallel_gateway_go_to_the_case_that_the_first_began(office: Agency) -> None:
    deploy(office, permit=BOTH)
    (first,) = office.send("Application", {"file": "7"}, correlate={"file": "7"}, by=CITIZEN)
    (other,) = office.send("Application", {"file": "8"}, correlate={"file": "8"}, by=CITIZEN)
    assert (first.id != other.id, set(first.waiting)) == (True, {"a", "d"})

    (again,) = office.send("Payment", {"file": "7"}, correlate={"file": "7"}, by=CITIZEN)

    assert (again.id, set(again.waiting)) == (first.id, {"a", "b"})
    assert set(waiting(office, other)) == {"a", "d"}


def test_a_message_that_began_a_case_with_its_key_is_taken_once(office: Agency) -> None:
    deploy(office, permit=BOTH, objection=BEGINNER.replace("Objection", "Application"))
    (first,) = office.send("Application", {"file": "7"}, correlate={"file": "7"}, by=CITIZEN, key="mail-1")
    (again,) = office.send("Application", {"file": "7"}, correlate={"file": "7"}, by=CITIZEN, key="mail-1")

    assert first.id == again.id
    with pytest.raises(NotFound):
        office.send("Payment", {"file": "7"}, correlate={"number": "NONE"}, by=CITIZEN)


def test_a_thrown_message_begins_a_case_that_awaits_the_others(office: Agency) -> None:
    deploy(office, sender=SENDER.replace("Objection", "Application").replace("grounds", "file"), permit=BOTH)
    throw(office, why="7")

    (case,) = office.cases(by=SYSTEM, procedure="permit")
    assert (set(case.waiting), case.data["file"]) == ({"a", "d"}, "7")


CONVERSATION = """
start s
throw apply | message Application | key file | in file = file | in plot = plot
catch asked | message Question | key file
throw reply | message Answer | key file | in colour = colour
catch told | message Decision | key file
end e
s > apply
apply > asked
asked > reply
reply > told
told > e
process Q {
start q | message Application
throw ask | message Question | key file
catch answered | message Answer | key file
user decide
throw tell | message Decision | key file | in granted = granted
end f
q > ask
ask > answered
answered > decide
decide > tell
tell > f
}
"""


def test_two_pools_of_one_file_talk_in_both_directions_each_pair_of_cases_by_its_key(office: Agency) -> None:
    drawing = bpmn(CONVERSATION.strip()).replace('id="Q" isExecutable="false"', 'id="Q" isExecutable="true"')
    office.deploy(read_files([("procedure.yaml", b"procedure: talk\nprocess: P\n"), ("process.bpmn", drawing.encode())], "talk"))
    applicants = [
        office.start("talk", {"file": f, "plot": p, "colour": c}, by=CITIZEN) for f, p, c in (("7", "A", "red"), ("8", "B", "blue"))
    ]
    office.run_due()

    offices = {c.parent: c for c in office.cases(by=SYSTEM) if c.parent}
    assert [(offices[a.id].waiting, offices[a.id].data["plot"], offices[a.id].data["colour"]) for a in applicants] == [
        (("decide",), "A", "red"),
        (("decide",), "B", "blue"),
    ]
    for applicant, granted in zip(applicants, (True, False), strict=True):
        office.complete(office.case(offices[applicant.id].id, by=SYSTEM).tasks[0].id, {"granted": granted}, by=SYSTEM)
    office.run_due()

    ended = [office.case(a.id, by=SYSTEM) for a in applicants]
    assert [(c.status, c.data["granted"]) for c in ended] == [("completed", True), ("completed", False)]
    assert [c.status for c in office.cases(by=SYSTEM)] == ["completed"] * 4
    assert office.audit.verify().findings == ()


def test_each_of_several_times_of_a_start_event_begins_one_case(office: Agency, clock: VirtualClock) -> None:
    deploy(office, twice="start s | timer PT1H | timer PT2H\nuser a\ns > a\nend e\na > e")
    for _ in range(3):
        clock.advance("PT1H")
        office.run_due()

    assert len(office.cases(by=SYSTEM, procedure="twice")) == 2


def test_a_signal_whose_data_a_start_form_refuses_reaches_nobody(office: Agency) -> None:
    deploy(office, listener=LISTENER)
    listener = office.start("listener", by=CITIZEN)
    form, words = b'{"type": "object", "properties": {"level": {"type": "number"}}}', b"procedure: alarm\nstart_form: forms/start.json\n"
    files = [("process.bpmn", bpmn(ALARM).encode()), ("procedure.yaml", words), ("forms/start.json", form)]
    office.deploy(read_files(files, "alarm"))

    with pytest.raises(InvalidData):
        office.signal("Flood", {"level": "high"}, by=ADMINISTRATOR)
    assert waiting(office, listener) == ("c",)

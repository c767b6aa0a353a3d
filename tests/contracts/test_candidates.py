# SPDX-License-Identifier: Apache-2.0
"""Who may do a task only because the diagram names their group, their office or themselves: they do it from list to completion, on every store.

They see what the task shows them, and nothing else of the case; and no command that was committed is answered by a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from egov_flow.agency import Agency, Case
from egov_flow.errors import ConflictError, NotAllowed, NotFound
from egov_flow.testing import FakeDirectory, SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Actor

GRANT = Path(__file__).parents[1] / "fixtures" / "agency" / "named"
CITIZEN = Actor("citizen:17")
ADMINISTRATOR = Actor("officer:9", roles={"administrator"})
OF_GROUP = Actor("officer:4", roles={"auditors"})
OF_OFFICE = Actor("officer:5", office="registry")
NAMED = Actor("officer:6")
NEIGHBOUR = Actor("officer:7", roles={"drivers"}, office="garage")
EVERY = pytest.mark.parametrize("worker", [OF_GROUP, OF_OFFICE, NAMED], ids=["group", "office", "person"])


@pytest.fixture
def agency(url: str, clock: VirtualClock) -> Iterator[Agency]:
    with Agency.open(url, clock=clock, ids=SequentialIds(), run_jobs="inline") as opened:
        opened.deploy(str(GRANT), by=SYSTEM, accept="a drawing for a test")
        yield opened


@pytest.fixture
def case(agency: Agency) -> Case:
    """A case whose two tasks, Review (with a form) and Count (without), wait for whom the diagram names."""
    return agency.start("named", {"street": "Canal 5", "income": 1200}, by=CITIZEN)


def of(agency: Agency, worker: Actor, element: str = "Task_Review") -> str:
    (task,) = agency.tasks(by=worker, element=element)
    return task.id


@EVERY
def test_they_claim_it_work_and_complete_it(agency: Agency, case: Case, worker: Actor) -> None:
    task = of(agency, worker)

    claimed = agency.claim(task, by=worker)
    assert [(t.element, t.assignee, dict(t.data)) for t in claimed.tasks if t.assignee] == [
        ("Task_Review", worker.id, {"street": "Canal 5"})
    ]
    assert of(agency, worker) == task

    completed = agency.complete(task, {"fine": True}, by=worker)
    assert [t.element for t in completed.tasks] == ["Task_Count"]
    agency.complete(of(agency, worker, "Task_Count"), by=worker)
    assert agency.tasks(by=worker) == []


@EVERY
def test_they_see_the_task_and_not_the_case(agency: Agency, case: Case, worker: Actor) -> None:
    seen = agency.case(case.id, by=worker)

    assert (seen.number, seen.status, sorted(seen.waiting)) == (case.number, "running", ["Task_Count", "Task_Review"])
    assert (seen.data, seen.applicant, seen.incidents, seen.is_whole) == ({}, "", (), False)
    assert {t.element: dict(t.data) for t in seen.tasks} == {"Task_Review": {"street": "Canal 5"}, "Task_Count": {}}
    for question in (agency.history, agency.recording, agency.jobs):
        with pytest.raises(NotFound):
            question(case.id, by=worker)
    assert agency.cases(by=worker) == []


@EVERY
def test_they_find_it_by_its_number_as_by_its_id(agency: Agency, case: Case, worker: Actor) -> None:
    assert agency.cases(by=worker, number=case.number) == [agency.case(case.id, by=worker)]


def test_no_answer_to_them_tells_whether_a_variable_has_a_value(agency: Agency, case: Case) -> None:
    income = ("income", 1200)

    assert [c.id for c in agency.cases(by=ADMINISTRATOR, number=case.number, procedure="named", find=income)] == [case.id]
    assert agency.cases(by=NAMED, number=case.number, procedure="named", find=income) == []


@EVERY
def test_they_remark_on_the_case_as_long_as_they_have_a_task_in_it(agency: Agency, case: Case, worker: Actor) -> None:
    remarked = agency.comment(case.id, "The street is closed.", by=worker, key="web-3")

    assert (remarked.id, remarked.data, remarked.is_whole) == (case.id, {}, False)
    made = agency.history(case.id, by=SYSTEM)[-1]
    assert (made.kind, made.actor, made.policy.partition(" ")[0]) == ("comment", worker.id, "candidate")
    for element in ("Task_Review", "Task_Count"):
        agency.complete(of(agency, worker, element), {"fine": True} if element == "Task_Review" else None, by=worker)
    assert agency.comment(case.id, "The street is closed.", by=worker, key="web-3").id == case.id
    with pytest.raises(NotFound):
        agency.comment(case.id, "One more.", by=worker)


@EVERY
def test_what_takes_more_than_a_task_is_refused_by_what_it_takes(agency: Agency, case: Case, worker: Actor) -> None:
    commands = (
        (lambda: agency.extend(case.id, "decision", reason="It is long.", by=worker), "EF-A058"),
        (lambda: agency.begin(case.id, "Task_Review", by=worker), "EF-A058"),
        (lambda: agency.cancel(case.id, reason="It is late.", by=worker), "EF-A003"),
    )

    for command, code in commands:
        with pytest.raises(NotAllowed) as refused:
            command()
        assert refused.value.code == code


@EVERY
def test_who_has_done_all_is_told_so_and_then_knows_of_the_case_no_more(agency: Agency, case: Case, worker: Actor) -> None:
    agency.complete(of(agency, worker), {"fine": True}, by=worker)
    last = of(agency, worker, "Task_Count")

    done = agency.complete(last, by=worker, key="web-2")
    assert (done.status, done.data, tuple(done.tasks)) == ("running", {}, ())
    assert agency.complete(last, by=worker, key="web-2").id == case.id
    with pytest.raises(NotFound):
        agency.case(case.id, by=worker)


@EVERY
def test_who_takes_a_task_away_or_gives_it_back_is_answered(agency: Agency, case: Case, worker: Actor) -> None:
    task = of(agency, worker)
    agency.assign(task, worker, by=ADMINISTRATOR)
    with pytest.raises(ConflictError):
        agency.claim(task, by=OF_GROUP if worker != OF_GROUP else NAMED)
    assert [t.assignee for t in agency.release(task, by=worker).tasks] == ["", ""]


def test_nobody_else_finds_it(agency: Agency, case: Case) -> None:
    task = case.tasks[0].id

    assert agency.tasks(by=NEIGHBOUR) == []
    for ask in (agency.claim, agency.complete):
        with pytest.raises(NotFound):
            ask(task, by=NEIGHBOUR)
    with pytest.raises(NotFound):
        agency.case(case.id, by=NEIGHBOUR)
    with pytest.raises(NotFound):
        agency.comment(case.id, "I was here.", by=NEIGHBOUR)
    assert agency.cases(by=NEIGHBOUR, number=case.number) == []
    assert agency.history(case.id, by=SYSTEM)[-1].kind != "claim"


def test_who_claims_to_be_an_applicant_finds_no_task_of_another(agency: Agency, case: Case) -> None:
    agency.complete(of(agency, NAMED), {"fine": True}, by=NAMED)
    agency.complete(of(agency, NAMED, "Task_Count"), by=NAMED)

    assert [t.element for t in agency.tasks(by=CITIZEN)] == ["Task_Answer"]
    assert agency.tasks(by=Actor("citizen:18", roles={"citizen"})) == []


def test_who_claims_to_be_an_applicant_finds_the_own_task_behind_those_of_others(agency: Agency) -> None:
    neighbour = Actor("citizen:18", roles={"citizen"})
    for applicant in (CITIZEN, neighbour):
        for task in agency.start("named", {"income": 1200}, by=applicant).tasks:
            agency.complete(task.id, by=SYSTEM)

    (own,) = agency.tasks(by=neighbour, limit=1)
    assert (own.element, own.assignee) == ("Task_Answer", "citizen:18")


def test_who_starts_a_case_for_somebody_gets_its_number_and_no_more(agency: Agency) -> None:
    given = agency.start("named", {"income": 1200}, by=Actor("counter:1", on_behalf_of="citizen:17"))

    assert (given.status, given.data, given.applicant, tuple(given.tasks)) == ("running", {}, "", ())
    assert agency.case(given.id, by=CITIZEN).number == given.number


def test_a_directory_says_who_works_in_which_office(agency: Agency, case: Case) -> None:
    agency.wiring.directory = FakeDirectory({"officer:8": {"drivers"}}, offices={"officer:8": "registry"})

    assert agency.tasks(by=OF_OFFICE) == agency.tasks(by=OF_GROUP) == agency.tasks(by=Actor("officer:8", office="garage")) == []
    for confirmed in (Actor("officer:8"), Actor("officer:8", office="registry")):
        assert [t.element for t in agency.claim(of(agency, confirmed), by=confirmed).tasks] == ["Task_Review", "Task_Count"]
    assert agency.history(case.id, by=SYSTEM)[-1].affiliation == "confirmed:registry/registry"


def test_a_task_is_assigned_to_who_may_do_it_by_office(agency: Agency, case: Case) -> None:
    assert [t.assignee for t in agency.assign(of(agency, NAMED), OF_OFFICE, by=NAMED).tasks] == ["officer:5", ""]
    assert agency.tasks(by=OF_OFFICE, element="Task_Review")[0].assignee == "officer:5"

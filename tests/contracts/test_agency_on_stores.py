# SPDX-License-Identifier: Apache-2.0
"""The Agency's promises on every store: one transaction a command, the caller's transaction, races, tenants."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from egov_flow.agency import Agency, folders
from egov_flow.errors import AlreadyCompleted, EgovFlowError, NotAllowed, NotFound, StoreError
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Actor

PERMIT = str(Path(__file__).parents[1] / "fixtures" / "agency" / "permit.bpmn")
FOI = str(Path(__file__).parents[1] / "fixtures" / "procedures" / "foi_slice")
TIMED = str(Path(__file__).parents[1] / "fixtures" / "bpmn" / "boundary_timer.bpmn")
CITIZEN = Actor("citizen:17")
CLERK = Actor("officer:1", roles={"clerk"})
OTHER_CLERK = Actor("officer:2", roles={"clerk"})
HANDLERS = {"register.lookup": lambda _: {"resident": True}}


@pytest.fixture
def agency(url: str, clock: VirtualClock) -> Iterator[Agency]:
    with Agency.open(url, clock=clock, ids=SequentialIds(), handlers=HANDLERS, run_jobs="inline") as opened:
        opened.deploy(PERMIT)
        yield opened


@pytest.fixture
def database(url: str) -> Iterator[sqlalchemy.Engine]:
    """The caller's own engine on the same database."""
    engine = sqlalchemy.create_engine(url)
    yield engine
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS letters")
    engine.dispose()


def test_a_case_runs_to_its_end(agency: Agency, clock: VirtualClock) -> None:
    case = agency.start("permit", {"street": "Canal 5"}, by=CITIZEN, key="web-1")
    assert agency.start("permit", {"street": "Canal 5"}, by=CITIZEN, key="web-1").id == case.id
    (task,) = agency.tasks(by=CLERK)
    agency.claim(task.id, by=CLERK)
    agency.complete(task.id, {"grant": True}, by=CLERK)
    with pytest.raises(AlreadyCompleted):
        agency.complete(task.id, {"grant": True}, by=CLERK)
    clock.advance("P14D")
    assert agency.run_due() == 1
    case = agency.case(case.id, by=CITIZEN)
    assert (case.status, case.data) == ("completed", {"street": "Canal 5", "resident": True, "grant": True})
    assert agency.audit.verify().findings == ()


def test_of_many_clerks_at_once_one_completes_a_task(agency: Agency) -> None:
    (task,) = agency.start("permit", by=CITIZEN).tasks
    outcomes: list[str] = []
    barrier = threading.Barrier(8)

    def complete(number: int) -> None:
        barrier.wait()
        try:
            agency.complete(task.id, {"by": number}, by=Actor(f"officer:{number}", roles={"clerk"}))
        except EgovFlowError as refused:
            outcomes.append(type(refused).__name__)
        else:
            outcomes.append("done")

    threads = [threading.Thread(target=complete, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["AlreadyCompleted"] * 7 + ["done"]
    assert agency.audit.verify().findings == ()


def test_the_same_key_at_once_starts_one_case(agency: Agency) -> None:
    found: list[str] = []
    barrier = threading.Barrier(6)

    def start() -> None:
        barrier.wait()
        found.append(agency.start("permit", {"street": "Canal 5"}, by=CITIZEN, key="web-1").id)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1
    assert len(agency.cases(by=SYSTEM)) == 1


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_command_joins_the_callers_transaction(agency: Agency, database: sqlalchemy.Engine) -> None:
    with database.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE letters (case_id TEXT)")
    with database.connect() as connection:
        case = agency.start("permit", by=CITIZEN, connection=connection)
        connection.execute(sqlalchemy.text("INSERT INTO letters VALUES (:case)"), {"case": case.id})
        connection.rollback()
    with pytest.raises(NotFound):
        agency.case(case.id, by=SYSTEM)

    with database.begin() as connection:
        case = agency.start("permit", by=CITIZEN, connection=connection)
        connection.execute(sqlalchemy.text("INSERT INTO letters VALUES (:case)"), {"case": case.id})
    assert agency.case(case.id, by=SYSTEM).waiting == ("Task_Lookup",), "its job waits for run_due"
    assert agency.run_due() == 1
    assert agency.case(case.id, by=SYSTEM).waiting == ("Task_Decide",)


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_rolled_back_step_leaves_no_trace_in_the_cache(agency: Agency, database: sqlalchemy.Engine) -> None:
    case = agency.start("permit", by=CITIZEN)
    with database.connect() as connection:
        agency.complete(case.tasks[0].id, {"grant": False}, by=CLERK, connection=connection)
        connection.rollback()
    assert agency.complete(case.tasks[0].id, {"grant": True}, by=CLERK).data["grant"] is True
    assert agency.audit.verify().findings == ()


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_case_that_lies_on_the_desk_is_not_read_again(agency: Agency) -> None:
    (task,) = agency.start("permit", by=CITIZEN).tasks
    reads = calls_of(agency, "load")
    agency.claim(task.id, by=CLERK)
    agency.complete(task.id, {"grant": True}, by=CLERK)
    assert reads == []


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_case_that_has_no_jobs_is_asked_for_them_once(agency: Agency, url: str, clock: VirtualClock) -> None:
    (task,) = agency.start("permit", by=CITIZEN).tasks
    with Agency.open(url, clock=clock, handlers=HANDLERS, run_jobs="inline") as other:
        asked = calls_of(other, "jobs")
        leased = calls_of(other, "lease")
        other.claim(task.id, by=CLERK)
        other.release(task.id, by=CLERK)
        assert (len(asked), leased) == (1, [])


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_case_that_was_read_is_asked_for_nothing_that_its_state_tells(agency: Agency, url: str, clock: VirtualClock) -> None:
    agency.deploy(TIMED, accept="for a test")
    (task,) = agency.start("boundary_timer", by=SYSTEM).tasks
    clock.advance("P11D")
    with Agency.open(url, clock=clock, run_jobs="inline") as other:
        asked = [calls_of(other, "due"), calls_of(other, "jobs")]
        with pytest.raises(AlreadyCompleted):
            other.complete(task.id, by=SYSTEM)
        assert {task.element for task in other.case(task.case, by=SYSTEM).tasks} == {"Task_Remind", "Task_Escalate"}
    assert asked == [[], []]


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_list_of_tasks_asks_for_all_their_cases_at_once(agency: Agency) -> None:
    started = [agency.start("permit", {"street": f"Canal {number}"}, by=CITIZEN) for number in range(5)]
    one_by_one, at_once = calls_of(agency, "load"), calls_of(agency, "cases")

    listed = agency.tasks(by=CLERK)
    assert [(task.case, task.data["street"]) for task in listed] == [(case.id, f"Canal {number}") for number, case in enumerate(started)]
    assert (one_by_one, len(at_once)) == ([], 1)


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_list_of_cases_that_nobody_has_read_here_asks_for_all_of_them_at_once(agency: Agency, url: str) -> None:
    agency.deploy(FOI)
    started = [agency.start("foi_slice", {"subject": f"Budget {number}"}, by=Actor(f"citizen:{number}")) for number in range(3)]
    for case in started:
        agency.complete(case.tasks[0].id, by=SYSTEM)
    agency.wiring.handlers.clear()
    agency.start("permit", {"street": "Canal 5"}, by=CITIZEN)
    with Agency.open(url, clock=agency.wiring.clock) as other:
        other.case(started[1].id, by=SYSTEM)
        asked = {name: calls_of(other, name) for name in ("load", "keys", "tasks", "deadlines", "incidents")}
        listed = other.cases(by=SYSTEM)
        assert len(other.incidents(by=CLERK)) == 1

    assert {name: len(calls) for name, calls in asked.items()} == {"load": 0, "keys": 1, "tasks": 1, "deadlines": 1, "incidents": 2}
    for case in listed:
        alone = agency.case(case.id, by=SYSTEM)
        told = (case.data, tuple(case.tasks), case.deadlines, case.incidents)
        assert told == (alone.data, tuple(alone.tasks), alone.deadlines, alone.incidents)
    assert [(len(case.tasks), len(case.deadlines), len(case.incidents)) for case in listed] == [(0, 0, 1), *[(1, 1, 0)] * 3]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_cases_with_more_open_tasks_than_one_answer_holds_are_asked_one_by_one(agency: Agency, url: str, monkeypatch) -> None:
    started = [agency.start("permit", by=CITIZEN) for _ in range(4)]
    monkeypatch.setattr(folders, "MOST", 3)
    with Agency.open(url, clock=agency.wiring.clock) as other:
        asked = calls_of(other, "tasks")
        listed = other.cases(by=SYSTEM)

    assert len(asked) == 1 + len(started)
    assert [[task.id for task in case.tasks] for case in reversed(listed)] == [[task.id for task in case.tasks] for case in started]


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_what_another_process_did_meanwhile_counts(agency: Agency, url: str, clock: VirtualClock) -> None:
    (first,) = agency.start("permit", {"street": "Canal 5"}, by=CITIZEN).tasks
    (second,) = agency.start("permit", {"street": "Canal 6"}, by=CITIZEN).tasks
    with Agency.open(url, clock=clock, handlers=HANDLERS, run_jobs="inline") as other:
        other.complete(first.id, {"grant": True}, by=CLERK)
        other.claim(second.id, by=OTHER_CLERK)
        other.release(second.id, by=OTHER_CLERK)

    with pytest.raises(AlreadyCompleted):
        agency.complete(first.id, {"grant": False}, by=CLERK)
    assert agency.complete(second.id, {"grant": True}, by=CLERK).data["grant"] is True
    assert agency.audit.verify().findings == ()


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_what_was_refused_on_the_desk_is_tried_on_the_case_as_it_is(agency: Agency, url: str, clock: VirtualClock) -> None:
    (task,) = agency.start("permit", by=CITIZEN).tasks
    agency.claim(task.id, by=OTHER_CLERK)
    with Agency.open(url, clock=clock, handlers=HANDLERS, run_jobs="inline") as other:
        other.release(task.id, by=OTHER_CLERK)

    assert agency.claim(task.id, by=CLERK).tasks[0].assignee == CLERK.id


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_step_that_was_rolled_back_is_no_ground_for_the_next(
    agency: Agency, database: sqlalchemy.Engine, url: str, clock: VirtualClock
) -> None:
    rolled_back_and_overtaken(agency, database, url, clock)


def rolled_back_and_overtaken(agency: Agency, database: sqlalchemy.Engine, url: str, clock: VirtualClock) -> None:
    """A claim is rolled back and another takes its place with the same version: the first clerk has nothing."""
    (task,) = agency.start("permit", by=CITIZEN).tasks
    with database.connect() as connection:
        agency.claim(task.id, by=CLERK, connection=connection)
        connection.rollback()
    with Agency.open(url, clock=clock, handlers=HANDLERS, run_jobs="inline") as other:
        other.claim(task.id, by=OTHER_CLERK)

    outcome = "done"
    try:
        agency.complete(task.id, {"grant": True}, by=CLERK)
    except NotAllowed:
        outcome = "refused"
    assert outcome == "refused"
    assert agency.audit.verify().findings == ()


def calls_of(agency: Agency, name: str) -> list[tuple[object, ...]]:
    """Return a list to which the arguments of every call of a method of the agency's store are added from now on."""
    store, calls = agency.wiring.store, []
    original = getattr(store, name)

    def call(*arguments: object) -> object:
        calls.append(arguments)
        return original(*arguments)

    setattr(store, name, call)
    return calls


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_read_only_database_says_so_and_takes_nothing(agency: Agency, url: str) -> None:
    case = agency.start("permit", by=CITIZEN)
    agency.close()
    path = Path(url.removeprefix("sqlite:///"))
    before = path.read_bytes()
    for file in path.parent.glob("cases.db*"):
        file.chmod(0o444)
    read_only = f"sqlite:///file:{path}?mode=ro&uri=true"
    with pytest.raises(StoreError), Agency.open(read_only, handlers=HANDLERS) as closed:
        closed.complete(case.tasks[0].id, by=CLERK)
    assert path.read_bytes() == before

# SPDX-License-Identifier: Apache-2.0
"""Who comes late finds the case where the law has put it, whether or not anybody ran what was due."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.agency.conftest import ADMINISTRATOR, CITIZEN

from egov_flow.agency import Agency, Case
from egov_flow.errors import AlreadyCompleted, NotFound
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Actor

FIXTURES = Path(__file__).parents[2] / "fixtures"
OFFICER = Actor("officer:1", roles={"clerk", "desk", "holding_unit"})


@pytest.fixture
def office(clock: VirtualClock) -> Iterator[Agency]:
    handlers = {"register.lookup": lambda _: {}}
    with Agency.open("memory:", clock=clock, ids=SequentialIds(), handlers=handlers) as agency:
        for model in (FIXTURES / "bpmn" / "boundary_timer.bpmn", FIXTURES / "agency" / "permit.bpmn"):
            agency.deploy(str(model))
        yield agency


@pytest.fixture
def an_old_case(office: Agency, clock: VirtualClock) -> Case:
    """A case whose answer was due yesterday, and nobody has looked since it began."""
    case = office.start("boundary_timer", by=CITIZEN)
    clock.advance("P11D")
    return case


def test_a_completion_after_an_interrupting_timer_was_due_comes_too_late(office: Agency, an_old_case: Case) -> None:
    with pytest.raises((AlreadyCompleted, NotFound)):
        office.complete(an_old_case.tasks[0].id, by=SYSTEM)

    assert set(office.case(an_old_case.id, by=SYSTEM).waiting) == {"Task_Escalate", "Task_Remind"}
    assert office.run_due() == 0


def test_what_was_due_runs_in_the_order_of_its_time(office: Agency, an_old_case: Case) -> None:
    office.comment(an_old_case.id, "still here?", by=SYSTEM)

    fired = [e.element for e in office.history(an_old_case.id, by=SYSTEM) if e.kind == "fired"]
    assert fired == ["Boundary_Remind", "Boundary_Expire"]


def test_a_suspended_case_catches_up_when_it_is_resumed(office: Agency, clock: VirtualClock) -> None:
    case = office.start("boundary_timer", by=CITIZEN)
    office.suspend(case.id, reason="a court asked", by=ADMINISTRATOR)
    clock.advance("P11D")
    assert (office.run_due(), office.case(case.id, by=SYSTEM).waiting) == (0, ("Task_Answer",))
    office.resume(case.id, by=ADMINISTRATOR)
    with pytest.raises((AlreadyCompleted, NotFound)):
        office.complete(case.tasks[0].id, by=SYSTEM)


def test_a_message_after_its_timer_was_due_is_not_awaited(office: Agency, clock: VirtualClock) -> None:
    case = office.start("permit", by=CITIZEN)
    office.complete(case.tasks[0].id, by=SYSTEM)
    clock.advance("P14D")
    with pytest.raises(NotFound):
        office.send("Payment received", correlate={"number": case.number}, by=SYSTEM)
    assert office.case(case.id, by=SYSTEM).status == "completed"


def test_a_case_that_somebody_ends_meanwhile_does_not_hold_up_the_others(office: Agency, clock: VirtualClock) -> None:
    ended, other = (office.start("boundary_timer", by=CITIZEN) for _ in range(2))
    clock.advance("P6D")
    found = office.wiring.store.due("default", clock.now(), 10)
    assert {due.case for due in found} == {ended.id, other.id}
    office.cancel(ended.id, reason="withdrawn", by=CITIZEN)

    desk = office._desk  # as a worker that looked before the case was cancelled
    assert [desk.run_due(due) for due in found if due.case == ended.id] == [False]
    assert desk.run_all_due(found) == 1
    assert set(office.case(other.id, by=SYSTEM).waiting) == {"Task_Answer", "Task_Remind"}

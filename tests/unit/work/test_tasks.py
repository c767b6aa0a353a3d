# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest

from egov_flow.data import EMPTY, freeze
from egov_flow.errors import AlreadyCompleted, ConflictError, NotAllowed
from egov_flow.values import SYSTEM, Actor, Task
from egov_flow.work import Decision, assign, claim, end, may_complete, readable_task, release

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
MAY = Decision(allowed=True, policy="role desk")
MAY_NOT = Decision(allowed=False, policy="eligibility", code="EF-W001")
SITI, BUDI = Actor("officer:1"), Actor("officer:2")
VARIABLES = freeze({"subject": "roads", "secret": "x", "note": "y"})


def test_a_claimed_task_is_ones_own_and_claiming_it_again_changes_nothing(task):
    mine = claim(task(), SITI, MAY)

    assert mine.assignee == "officer:1"
    assert claim(mine, SITI, MAY) == mine


def test_a_claimed_task_is_not_claimed_by_somebody_else(task):
    with pytest.raises(ConflictError, match=r"EF-W006.*taken by officer:1"):
        claim(claim(task(), SITI, MAY), BUDI, MAY)


def test_a_released_task_is_anybodys(task):
    assert release(claim(task(), SITI, MAY), SITI, MAY) == task()


def test_only_who_has_it_releases_it(task):
    with pytest.raises(NotAllowed, match="EF-W007"):
        release(claim(task(), SITI, MAY), BUDI, MAY)
    with pytest.raises(ConflictError, match="EF-W008"):
        release(task(), SITI, MAY)
    assert release(claim(task(), SITI, MAY), SYSTEM, MAY).assignee == ""


def test_a_task_is_assigned_to_who_is_eligible(task):
    assert assign(claim(task(), SITI, MAY), BUDI, MAY, MAY).assignee == "officer:2"
    with pytest.raises(NotAllowed, match="EF-W001"):
        assign(task(), BUDI, MAY, MAY_NOT)
    with pytest.raises(NotAllowed, match="EF-W001"):
        assign(task(), BUDI, MAY_NOT, MAY)


def test_completing_a_task_that_nobody_has_takes_it(task):
    may_complete(task(), SITI, MAY)
    done = end(task(), "completed", NOW, SITI.id)

    assert (done.status, done.assignee, done.ended, done.ended_by) == ("completed", "officer:1", NOW, "officer:1")


def test_nobody_completes_what_somebody_else_has_taken(task):
    with pytest.raises(NotAllowed, match=r"EF-W007: the task c1/7 is not officer:2's"):
        may_complete(claim(task(), SITI, MAY), BUDI, MAY)


def test_the_system_completes_and_the_one_who_had_it_stays_named(task):
    taken = claim(task(), SITI, MAY)
    may_complete(taken, SYSTEM, MAY)
    done = end(taken, "completed", NOW, SYSTEM.id)

    assert (done.assignee, done.ended_by) == ("officer:1", "system")


def test_all_else_of_a_task_stays_as_it_was_when_it_ends(task):
    whole = task(name="Register", candidates=("officer:1",), form="a.json", data=VARIABLES, due=NOW, deadline="answer")
    named = {field.name: getattr(whole, field.name) for field in attrs.fields(Task)}

    ended = {"status": "completed", "assignee": "officer:1", "ended": NOW, "ended_by": "officer:1"}
    assert end(whole, "completed", NOW, SITI.id) == Task(**{**named, **ended})
    assert [name for name, value in named.items() if not value and name not in ended] == []


def test_a_task_that_the_case_went_on_without_was_done_by_nobody(task):
    gone = end(claim(task(), SITI, MAY), "withdrawn", NOW)

    assert (gone.status, gone.assignee, gone.ended, gone.ended_by) == ("withdrawn", "officer:1", NOW, "")


@pytest.mark.parametrize(
    "act", [claim, release, lambda t, a, d: assign(t, a, d, d), may_complete], ids=["claim", "release", "assign", "complete"]
)
@pytest.mark.parametrize("status", ["completed", "withdrawn"])
def test_an_ended_task_stays_ended(task, act, status):
    with pytest.raises(AlreadyCompleted, match="EF-W005"):
        act(end(task(), status, NOW), SITI, MAY)


def test_who_may_not_learns_nothing_of_its_status(task):
    with pytest.raises(NotAllowed, match="EF-W001"):
        may_complete(end(task(), "completed", NOW, SITI.id), BUDI, MAY_NOT)


def test_a_form_shows_its_fields_only(procedure, task):
    shown = readable_task(task("Check", "checker", form="forms/check.json"), procedure, VARIABLES, MAY, knows_case=True)

    assert shown.data == {"subject": "roads"}


def test_without_a_form_officers_see_the_case_and_the_applicant_what_is_public(procedure, task):
    assert readable_task(task(), procedure, VARIABLES, MAY, knows_case=True).data == VARIABLES
    assert readable_task(task("Answer", "citizen"), procedure, VARIABLES, MAY, knows_case=True).data == {"subject": "roads"}


def test_who_may_not_take_it_sees_no_data(procedure, task):
    assert readable_task(task(), procedure, VARIABLES, MAY_NOT, knows_case=True).data == EMPTY

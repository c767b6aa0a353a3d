# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from egov_flow.errors import InvalidData
from egov_flow.procedure.model import Link
from egov_flow.values import Deadline, WorkChange
from egov_flow.work import findings, open_tasks

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


def opened(procedure, *elements, **more):
    changes = [WorkChange("opened", 7 + i, element) for i, element in enumerate(elements)]
    return open_tasks(procedure, changes, case="c1", now=NOW, applicant="citizen:17", **more)


def deadline(name, days, status="running"):
    return Deadline(case="c1", name=name, opened=NOW, due=NOW + timedelta(days=days), amount=days, unit="calendar days", status=status)


def test_a_task_says_whose_it_is_with_which_form_and_until_when(procedure):
    (task,) = opened(procedure, "Check")

    assert (task.id, task.role, task.form, task.assignee, task.status) == ("c1/7", "checker", "forms/check.json", "", "open")
    assert task.due == NOW + timedelta(hours=8)
    assert opened(procedure, "Register")[0].name == "Register the request"


def test_a_task_names_the_deadline_that_ends_first_of_those_that_run(procedure):
    deadlines = (deadline("late", 30), deadline("soon", 10), deadline("met", 1, "met"), deadline("stopped", 2, "stopped"))

    assert opened(procedure, "Decide", deadlines=deadlines)[0].deadline == "soon"


def test_the_applicants_task_is_the_applicants_at_once(procedure):
    assert opened(procedure, "Answer")[0].assignee == "citizen:17"


def test_the_diagrams_groups_and_persons_are_candidates_but_not_its_expressions(procedure):
    assert opened(procedure, "Group")[0].candidates == ("ppid", "officer:9")
    assert opened(procedure, "Loose")[0].candidates == ("legal",)


def test_the_groups_that_the_step_computed_are_candidates_besides_those_of_the_diagram(procedure):
    changes = (WorkChange("opened", 3, "Loose", ("north", "legal")),)

    assert open_tasks(procedure, changes, case="c1", now=NOW)[0].candidates == ("legal", "north")


def test_completed_and_withdrawn_work_opens_no_task(procedure):
    changes = (WorkChange("completed", 3, "Check"), WorkChange("withdrawn", 4, "Decide"))

    assert open_tasks(procedure, changes, case="c1", now=NOW) == ()


@pytest.mark.parametrize(("due", "later"), [("P2D", timedelta(days=2)), ('= duration("PT1H")', timedelta(hours=1))])
def test_a_due_is_a_duration_or_feel(procedure, due, later):
    with_due = attrs.evolve(procedure, links=(Link(element="Register", due=due),))

    assert opened(with_due, "Register")[0].due == NOW + later
    assert [f.code for f in findings(with_due)] == ["EF-W011"]


@pytest.mark.parametrize("due", ["tomorrow", "P", "1 + ", "2", "P1Y1D"])
def test_a_due_that_is_no_duration_is_found_before_a_case_meets_it(procedure, due):
    with_due = attrs.evolve(procedure, links=(Link(element="Register", due=due),))

    assert ("EF-W010", "Register") in [(f.code, f.element) for f in findings(with_due)]
    with pytest.raises(InvalidData, match="EF-W010"):
        opened(with_due, "Register")


def test_work_that_nobody_may_take_is_found(procedure):
    assert [(f.code, f.element) for f in findings(procedure)] == [("EF-W011", "Nobody")]

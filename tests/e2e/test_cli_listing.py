# SPDX-License-Identifier: Apache-2.0
"""What clerks and administrators look through: pages of cases and tasks, cases of a searchable variable, counts, the jobs of a case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.e2e.conftest import CLERK, CLOCK, REPOSITORY

from egov_flow.agency import Agency
from egov_flow.errors import NotFound

ADMINISTRATOR = ("--as", "officer:9", "--role", "administrator")
VISIT = {
    "procedure.yaml": "procedure: visit\ntitle: Register a visit\nversion: '1'\ndata:\n  nik: searchable\n  floor: searchable\n  note: personal\n",
    "process.bpmn": """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="t">
<process id="visit" isExecutable="true"><startEvent id="s"/><userTask id="Task_See" name="See"/><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="Task_See"/><sequenceFlow id="g" sourceRef="Task_See" targetRef="e"/></process></definitions>""",
}


@pytest.fixture
def visits(cli: Callable) -> Callable:
    """The command line, with two visits whose numbers and floors differ."""
    for name, text in VISIT.items():
        Path("visit").mkdir(exist_ok=True)
        Path("visit", name).write_text(text, "utf-8")
    cli("deploy", "visit", "--accept", "a test", *CLOCK)
    for data in ('{"nik": "3273", "floor": 2}', '{"nik": "3274", "floor": "two"}'):
        cli("start", "visit", "--as", "citizen:17", "--data", data, *CLOCK)
    return cli


def test_a_case_is_found_by_a_searchable_variable_as_it_is_typed(visits: Callable) -> None:
    def floors(find: str) -> list[object]:
        found = visits("cases", "--as", "system", "--procedure", "visit", "--find", find, "--json").document
        return [case["data"]["floor"] for case in found["cases"]]

    assert floors("nik=3273") == [2]
    assert floors("floor=2") == [2]
    assert floors("floor=two") == floors('floor="two"') == ["two"]
    assert floors("nik=9") == floors("nik=1, 2: 3}") == floors("nik=") == []


def test_what_cannot_be_searched_is_told(visits: Callable) -> None:
    refused = visits("cases", "--as", "system", "--procedure", "visit", "--find", "note=x", exit_code=1).err
    assert refused.startswith("EF-A043: cases of visit cannot be found by note: it is not searchable")
    assert visits("cases", "--as", "system", "--find", "nik=3273", exit_code=1).err.startswith("EF-A043: cases of any")
    assert "write NAME=VALUE" in visits("cases", "--as", "system", "--find", "3273", exit_code=2).err


@pytest.mark.parametrize("what", ["cases", "tasks"])
def test_a_list_says_how_it_goes_on(visits: Callable, what: str) -> None:
    asked = (what, "--as", "system", "--limit", "1")
    first = visits(*asked, "--json").document
    second = visits(*asked, "--after", first["next"], "--json").document

    assert first["next"] == first[what][0]["id"] != second[what][0]["id"]
    assert visits(*asked).err == f"There may be more: --after {first['next']}\n"
    assert visits(what, "--as", "system", "--json").document["next"] is None
    assert visits(what, "--as", "system").err == ""
    assert visits(*asked, "--after", second["next"]).out == "There are no more.\n"


def test_a_task_is_listed_with_the_number_of_its_case_also_for_who_has_only_the_task(cli: Callable) -> None:
    cli("deploy", REPOSITORY / "tests/fixtures/agency/named", *CLOCK)
    number = cli("start", "named", "--as", "citizen:17", "--data", '{"income": 1200}', "--json").document["case"]["number"]

    head, *rows = cli("tasks", "--as", "officer:6").out.splitlines()
    assert head.split()[:2] == ["Number", "Task"]
    assert [row.partition(" ")[0] for row in rows] == [number, number]


def test_a_task_that_is_taken_away_while_it_is_listed_is_listed_all_the_same(cli: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("deploy", REPOSITORY / "tests/fixtures/agency/named", *CLOCK)
    cli("start", "named", "--as", "citizen:17", "--data", '{"income": 1200}')

    def nothing(*_: object, **__: object) -> None:
        raise NotFound("EF-A001", case="gone")

    monkeypatch.setattr(Agency, "case", nothing)
    assert [row[:4] for row in cli("tasks", "--as", "officer:6").out.splitlines()[1:]] == [" " * 4] * 2


def test_the_tasks_of_each_element_are_counted_by_their_status(office: Callable, task: str) -> None:
    office("complete", task, *CLERK, *CLOCK)
    office("start", "permit", "--as", "citizen:18", "--data", "{}", "--handler", "register.lookup={}", *CLOCK)

    head, *rows = office("counts", *CLERK).out.splitlines()
    assert head.split() == ["Procedure", "Task", "Status", "Number", "of", "tasks"]
    assert [row.split() for row in rows] == [
        ["permit", "Decide", "(Task_Decide)", "completed", "1"],
        ["permit", "Decide", "(Task_Decide)", "open", "1"],
    ]
    assert office("counts", *ADMINISTRATOR, "--json").document["counts"][1] == {
        "procedure": "permit",
        "element": "Task_Decide",
        "status": "open",
        "number": 1,
    }


def test_counts_are_for_who_works_there(office: Callable) -> None:
    assert office("counts", "--as", "citizen:17", exit_code=1).err.startswith("EF-A058")


def test_nothing_is_counted_before_the_first_task(cli: Callable, permit: Path) -> None:
    cli("deploy", permit, *CLOCK)

    assert cli("counts", *ADMINISTRATOR).out == "There are no tasks yet.\n"


def test_the_jobs_of_a_case_are_listed_with_their_tries(cli: Callable, permit: Path) -> None:
    cli("deploy", permit, *CLOCK)
    case = cli("start", "permit", "--as", "citizen:17", "--json", *CLOCK).document["case"]

    head, row = cli("jobs", case["number"], *CLERK).out.splitlines()
    assert head.split() == ["Number", "Where", "Calls", "Status", "Tries", "Due", "Why", "Id"]
    assert row.startswith(f"{case['number']}  Look up residence (Task_Lookup)  register.lookup  waiting  0")
    (job,) = cli("jobs", case["id"], *CLERK, "--json").document["jobs"]
    assert (job["status"], job["attempts"], job["id"].partition("/")[0]) == ("waiting", 0, case["id"])
    assert "payload" not in job


def test_what_waits_for_the_worker_is_listed_for_administrators(cli: Callable, permit: Path) -> None:
    cli("deploy", permit, *CLOCK)
    assert cli("jobs", *ADMINISTRATOR).out == "No job waits.\n"
    cases = [cli("start", "permit", "--as", "citizen:17", "--json", *CLOCK).document["case"]["id"] for _ in range(3)]

    assert sorted(job["case"] for job in cli("jobs", *ADMINISTRATOR, "--json").document["jobs"]) == sorted(cases)
    assert len(cli("jobs", *ADMINISTRATOR, "--limit", "2").out.splitlines()) == 3
    assert cli("jobs", *CLERK, exit_code=1).err.startswith("EF-A003: officer:1 may not do this (jobs)")


def test_a_job_that_failed_says_why(cli: Callable, permit: Path) -> None:
    cli("deploy", permit, *CLOCK)
    number = cli("start", "permit", "--as", "citizen:17", "--handler", "another.one={}", "--json", *CLOCK).document["case"]["number"]

    _, row = cli("jobs", number, *CLERK).out.splitlines()
    assert "register.lookup  failed  1 " in row
    assert "EF-A012: no handler named register.lookup" in row


def test_a_case_without_service_tasks_has_no_jobs(visits: Callable) -> None:
    number = visits("cases", "--as", "system", "--json").document["cases"][0]["number"]

    assert visits("jobs", number, "--as", "citizen:17").out == "This case has no jobs.\n"
    assert visits("jobs", number, "--as", "citizen:18", exit_code=1).err.startswith("EF-A001")

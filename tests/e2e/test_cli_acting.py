# SPDX-License-Identifier: Apache-2.0
"""What people do in cases: tasks given back and given on, remarks, extended deadlines, signals, chosen activities; and who is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.e2e.conftest import CLERK, CLOCK, FOI, REPOSITORY

ADMINISTRATOR = ("--as", "officer:9", "--role", "administrator")
CITIZEN = ("--as", "citizen:17")
DESK = ("--as", "officer:1", "--role", "desk")


def _holders(cli: Callable) -> list[str]:
    return [task["assignee"] for task in cli("tasks", "--as", "system", "--json").document["tasks"]]


def test_a_task_is_given_back(office: Callable, task: str) -> None:
    assert "EF-W008: nobody has the task" in office("release", task, *CLERK, exit_code=1).err
    office("claim", task, *CLERK)
    assert "EF-W007" in office("release", task, "--as", "officer:2", "--role", "clerk", exit_code=1).err

    assert "waits at Decide (Task_Decide)" in office("release", task, *CLERK).out
    assert _holders(office) == [""]


def test_a_task_is_given_to_somebody_who_may_do_it(office: Callable, task: str) -> None:
    given = ("assign", task, "--to", "officer:2")
    assert "it belongs to the role clerk" in office(*given, *ADMINISTRATOR, exit_code=1).err
    assert "EF-A004" in office(*given, "--to-role", "clerk", "--as", "officer:7", "--role", "gardener", exit_code=1).err
    assert "Missing option '--to'" in office("assign", task, *ADMINISTRATOR, exit_code=2).err

    office(*given, "--to-role", "clerk", *ADMINISTRATOR)
    assert _holders(office) == ["officer:2"]
    assert office("assign", task, "--to", "officer:3", "--to-role", "clerk", *CLERK, "--json").document["case"]["status"] == "running"
    assert _holders(office) == ["officer:3"]


def test_the_directory_says_what_the_receiver_of_a_task_is(office: Callable, task: str) -> None:
    Path("organisation.yaml").write_text(
        "organisation: Permit office\npeople:\n  officer:2: {roles: [clerk]}\n  officer:9: {roles: [administrator]}\n"
    )
    known = ("--directory", "organisation.yaml", *ADMINISTRATOR)

    assert "EF-W001" in office("assign", task, "--to", "officer:3", "--to-role", "clerk", *known, exit_code=1).err
    office("assign", task, "--to", "officer:2", *known)
    assert _holders(office) == ["officer:2"]


def test_a_task_is_given_to_somebody_of_the_office_that_the_diagram_names(cli: Callable) -> None:
    cli("deploy", REPOSITORY / "tests/fixtures/agency/named", *CLOCK)
    cli("start", "named", *CITIZEN, "--data", '{"street": "Canal 5", "income": 1200}')
    (task,) = cli("tasks", "--as", "system", "--element", "Task_Review", "--json").document["tasks"]

    cli("assign", task["id"], "--to", "officer:5", "--to-office", "registry", *ADMINISTRATOR)
    assert "officer:5" in _holders(cli)


def test_who_has_only_a_task_in_a_case_remarks_on_it_and_is_told_what_more_takes(cli: Callable) -> None:
    cli("deploy", REPOSITORY / "tests/fixtures/agency/named", *CLOCK)
    number = cli("start", "named", *CITIZEN, "--data", '{"street": "Canal 5", "income": 1200}', "--json").document["case"]["number"]

    assert cli("comment", number, "The street is closed.", "--as", "officer:6").out.startswith(f"{number}: running, waits at ")
    refused = cli("extend", number, "decision", "--reason", "It is long.", "--as", "officer:6", exit_code=1).err
    assert refused.startswith("EF-A058: officer:6 may not do this (extend)\n  hint: It takes a role of the agency in the procedure")


def test_a_remark_is_recorded_and_sealed(office: Callable, contents: Callable, task: str) -> None:
    number = office("cases", *CLERK, "--json").document["cases"][0]["number"]

    assert office("comment", number, "Asked the archive by telephone.", *CLERK).out.startswith(f"{number}: running")
    said = office("show", number, *CITIZEN).out
    assert "officer:1  remarked\n" in said
    assert "officer:1  Asked the archive by telephone.\n" in said
    (remark,) = office("show", number, *CITIZEN, "--json").document["remarks"]
    assert (remark["by"], remark["text"]) == ("officer:1", "Asked the archive by telephone.")
    assert not [line for line in contents() if "archive" in line]
    assert "EF-A001" in office("comment", number, "Me too.", "--as", "citizen:18", exit_code=1).err
    assert "say something: this is recorded" in office("comment", number, " ", *CLERK, exit_code=2).err


def test_a_deadline_is_extended_once_and_says_until_when(cli: Callable) -> None:
    cli("deploy", FOI, *CLOCK)
    (task,) = cli("start", "foi_request", *CITIZEN, "--data", '{"subject": "Budget"}', "--json", *CLOCK).document["case"]["tasks"]
    number = cli("complete", task["id"], *DESK, "--json", *CLOCK).document["case"]["number"]
    extended = ("extend", number, "decision", "--reason", "The files lie elsewhere.", *CLOCK)

    assert "EF-A058" in cli(*extended, *CITIZEN, exit_code=1).err
    said = cli(*extended, *DESK).out
    assert said.splitlines()[-1].startswith("the deadline decision now ends 2026-01-30 00:00")
    assert said.splitlines()[-1].endswith("+07:00")
    assert "EF-T011" in cli(*extended, *DESK, exit_code=1).err
    known = cli("extend", number, "decison", "--reason", "The files lie elsewhere.", *DESK, exit_code=1).err
    assert "EF-A033: the procedure has no deadline decison; it has: decision" in known


def test_a_signal_reaches_every_case_that_waits_for_it(cli: Callable) -> None:
    drawn = (REPOSITORY / "tests/corners/catch_signal.bpmn").read_text("utf-8")
    ended = '<endEvent id="End"/><sequenceFlow id="a_End" sourceRef="a" targetRef="End"/></process>'
    Path("called.bpmn").write_text(drawn.replace("</process>", ended))
    cli("deploy", "called.bpmn", "--accept", "a drawing for a test")
    started = [cli("start", "called", *CITIZEN, "--json").document["case"]["id"] for _ in range(2)]
    assert "EF-A003" in cli("signal", "S", *CITIZEN, exit_code=1).err
    assert cli("signal", "Z", *ADMINISTRATOR).out == "Nobody waited for the signal Z.\n"
    assert cli("signal", "Z", *ADMINISTRATOR, "--json").document == {"cases": []}

    reached = cli("signal", "S", *ADMINISTRATOR, "--json").document["cases"]
    assert [case["id"] for case in reached] == started
    assert cli("signal", "S", *ADMINISTRATOR).out == "Nobody waited for the signal S.\n"


@pytest.fixture
def chosen(cli: Callable) -> str:
    """The number of a case in an ad-hoc sub-process that people end."""
    drawn = (REPOSITORY / "tests/corners/adhoc_people_end_it.bpmn").read_text("utf-8")
    ended = '<endEvent id="End"/><sequenceFlow id="n_End" sourceRef="n" targetRef="End"/></process>'
    inside = '<sequenceFlow id="b_c" sourceRef="b" targetRef="c"></sequenceFlow>'
    Path("chosen.bpmn").write_text(drawn.replace("</process>", ended).replace(inside, ""))
    procedure = cli("deploy", "chosen.bpmn", "--accept", "a drawing for a test", "--json").document["procedure"]
    number: str = cli("start", procedure, *CITIZEN, "--json").document["case"]["number"]
    return number


def test_people_begin_an_activity_and_end_what_it_belongs_to(cli: Callable, chosen: str) -> None:
    assert "EF-A058" in cli("begin", chosen, "a", *CITIZEN, exit_code=1).err
    assert "EF-K227: nothing named nowhere can be begun now" in cli("begin", chosen, "nowhere", "--as", "system", exit_code=1).err
    assert "waits at a" in cli("begin", chosen, "a", "--as", "system").out

    assert "EF-K234" in cli("end", chosen, "a", "--as", "system", exit_code=1).err
    assert "waits at n" in cli("end", chosen, "p", "--as", "system").out


def test_a_case_is_started_where_its_starter_says(cli: Callable) -> None:
    cli("deploy", REPOSITORY / "tests/fixtures/bpmn/linear.bpmn")

    assert "EF-K210" in cli("start", "linear", "--at", "Start_Nowhere", *CITIZEN, exit_code=1).err
    assert cli("start", "linear", "--at", "Start_Received", *CITIZEN, "--json").document["case"]["status"] == "running"

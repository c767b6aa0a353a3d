# SPDX-License-Identifier: Apache-2.0
"""Cases that cannot or shall not go on, put right by the command line alone; and what a clerk is told who mistypes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.e2e.conftest import CLERK, CLOCK

ADMINISTRATOR = ("--as", "officer:9", "--role", "administrator")
CITIZEN = ("--as", "citizen:17")
WHY = ("--reason", "Looked up by hand.")
EXCLUSIVE = Path(__file__).parents[1] / "fixtures/bpmn/exclusive.bpmn"


@pytest.fixture
def number(office: Callable) -> str:
    """The public number of a case that waits at Decide."""
    found: str = office("cases", "--as", "system", "--json").document["cases"][0]["number"]
    return found


@pytest.fixture
def incident(cli: Callable, permit: Path) -> str:
    """The incident of a case whose handler nobody has."""
    cli("deploy", permit, *CLOCK)
    cli("start", "permit", *CITIZEN, "--handler", "another.one={}", *CLOCK)
    (found,) = cli("incidents", *ADMINISTRATOR, "--json").document["incidents"]
    ident: str = found["id"]
    return ident


def test_incidents_are_listed_with_their_cause_and_ways_out(cli: Callable, incident: str) -> None:
    (case,) = cli("cases", "--as", "system", "--json").document["cases"]

    for listed in (cli("incidents", *CLERK).out, cli("incidents", "--case", case["number"], *CLERK).out):
        row = listed.splitlines()[1]
        assert row.startswith(f"{case['number']}  Look up residence (Task_Lookup)  EF-A012: no handler named register.lookup")
        assert "retry, resolve, move  2026-01-05 " in row
        assert row.endswith(incident)
    assert f"(incident {incident}; ways out: retry, resolve, move)" in cli("show", case["number"], *CLERK).out
    assert cli("incidents", "--as", "officer:7", "--role", "gardener").out == "There are no open incidents that you may know of.\n"


def test_what_led_to_an_incident_is_tried_again(cli: Callable, incident: str) -> None:
    said = cli("retry", incident, *ADMINISTRATOR, "--handler", 'register.lookup={"resident": true}').out

    assert "waits at Decide (Task_Decide)" in said
    assert cli("incidents", *ADMINISTRATOR).out == "There are no open incidents that you may know of.\n"


def test_an_incident_ends_with_what_somebody_found_out(cli: Callable, incident: str) -> None:
    solved = ("resolve", incident, "--skip", "--data", '{"resident": true}', *WHY, *ADMINISTRATOR)
    case = cli(*solved, "--key", "web-1", "--json").document["case"]

    assert (case["waiting"], case["data"]) == (["Task_Decide"], {"resident": True})
    assert cli(*solved, "--key", "web-1", "--json").document["case"]["id"] == case["id"]
    assert "reason: Looked up by hand." in cli("show", case["id"], *CLERK).out


def test_a_case_goes_on_elsewhere_after_an_incident(cli: Callable, incident: str) -> None:
    assert "EF-K217: Task_Nowhere is no element" in cli("move", incident, "Task_Nowhere", *WHY, *ADMINISTRATOR, exit_code=1).err

    assert "waits at Decide (Task_Decide)" in cli("move", incident, "Task_Decide", *WHY, *ADMINISTRATOR).out


def test_whoever_ends_an_incident_at_a_gateway_names_the_flow(cli: Callable) -> None:
    cli("deploy", EXCLUSIVE, "--accept", "a test")
    (task,) = cli("start", "exclusive", *CITIZEN, "--json").document["case"]["tasks"]
    cli("complete", task["id"], "--as", "system", "--data", '{"decision": "withdrawn"}')
    (incident,) = cli("incidents", *ADMINISTRATOR, "--json").document["incidents"]

    assert "waits at Write refusal (Task_Refuse)" in cli("resolve", incident["id"], "--flow", "Flow_Refused", *WHY, *ADMINISTRATOR).out


@pytest.mark.parametrize("command", [("retry",), ("resolve", *WHY), ("move", "Task_Decide", *WHY)], ids=lambda command: command[0])
def test_only_an_administrator_ends_an_incident_and_only_one_that_is_open(cli: Callable, incident: str, command: tuple[str, ...]) -> None:
    word, *rest = command

    assert cli(word, incident, *rest, *CLERK, exit_code=1).err == (
        f"EF-A003: officer:1 may not do this ({word})\n  hint: It takes administrator.\n"
    )
    assert "`egov-flow incidents`" in cli(word, "nonsense", *rest, *ADMINISTRATOR, exit_code=1).err
    assert "EF-A001" in cli(word, "no-case/1", *rest, *ADMINISTRATOR, exit_code=1).err


def test_a_variable_is_corrected(office: Callable, number: str) -> None:
    corrected = office("correct", number, "--data", '{"street": "Canal 6"}', *WHY, *ADMINISTRATOR, "--json").document["case"]

    assert corrected["data"] == {"street": "Canal 6", "resident": True}
    assert "Missing option '--data'" in office("correct", number, *WHY, *ADMINISTRATOR, exit_code=2).err
    assert office("correct", number, "--data", "{street}", *WHY, *ADMINISTRATOR, exit_code=1).err.startswith("EF-L006")


def test_a_suspended_case_refuses_work_until_it_is_resumed(office: Callable, number: str, task: str) -> None:
    assert office("suspend", number, "--reason", "Court order.", *ADMINISTRATOR).out.startswith(f"{number}: suspended")
    assert "Resume it first." in office("complete", task, *CLERK, exit_code=1).err

    assert office("resume", number, *ADMINISTRATOR).out.startswith(f"{number}: running")
    assert "EF-K219: the case is not suspended" in office("resume", number, *ADMINISTRATOR, exit_code=1).err
    office("complete", task, *CLERK)


def test_an_applicant_ends_the_own_case_and_no_other(office: Callable, number: str) -> None:
    assert "EF-A001" in office("cancel", number, *WHY, "--as", "citizen:18", exit_code=1).err
    assert office("cancel", number, "--reason", "I moved away.", *CITIZEN).out.startswith(f"{number}: cancelled")
    assert "EF-K202: the case has ended: cancelled" in office("cancel", number, *WHY, *CITIZEN, exit_code=1).err


@pytest.mark.parametrize("word", ["resolve", "move", "correct", "suspend", "cancel", "extend"])
def test_what_is_recorded_with_a_reason_is_not_done_without_one(office: Callable, number: str, word: str) -> None:
    more = {"move": ["Task_Decide"], "correct": ["--data", "{}"], "extend": ["decision"]}.get(word, [])

    assert "Missing option '--reason'" in office(word, number, *more, *ADMINISTRATOR, exit_code=2).err
    assert "say something: this is recorded" in office(word, number, *more, "--reason", "  ", *ADMINISTRATOR, exit_code=2).err
    assert "tulislah sesuatu" in office(word, number, *more, "--reason", "", *ADMINISTRATOR, "--lang", "id", exit_code=2).err

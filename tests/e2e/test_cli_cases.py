# SPDX-License-Identifier: Apache-2.0
"""A case from its start to its end by the command line alone, and who may see what of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

CLOCK = ("--clock", "2026-01-05T09:00+07:00")
CLERK = ("--as", "officer:1", "--role", "clerk")
CITIZEN = ("--as", "citizen:17")


def _number(office: Callable) -> str:
    return office("cases", "--as", "system", "--json").document["cases"][0]["number"]


def test_a_case_is_taken_done_paid_and_closed(office: Callable, task: str) -> None:
    number = _number(office)
    assert "Decide (Task_Decide)" in office("claim", task, *CLERK).out
    assert "officer:1" in office("tasks", *CLERK).out

    done = office("complete", task, *CLERK, "--data", '{"grant": true}', *CLOCK).out
    assert done.startswith(f"{number}: running, waits at Paid in time? (Gateway_Wait)")

    paid = office("send", "Payment received", "--number", number, "--as", "system", "--data", '{"amount": 50000}', *CLOCK).out
    assert paid.startswith(f"{number}: completed  (case ")
    assert "completed" in office("cases", "--as", "system", "--status", "completed").out
    assert office("audit", "verify").out.startswith("The audit trail is whole: 2 chains")
    assert office("audit", "verify", "--json").document["intact"] is True


def test_a_message_that_comes_too_early_is_kept_where_it_is_asked(office: Callable) -> None:
    early = ("send", "Payment received", "--number", _number(office), "--as", "citizen:17", *CLOCK)
    assert "EF-A016" in office(*early, exit_code=1).err
    kept = office(*early, "--keep", "7", "--json").document["case"]

    assert (kept["procedure"], kept["status"]) == ("egov_incoming", "running")


def test_an_office_lists_what_is_offered_to_it(office: Callable, task: str) -> None:
    assert [t["id"] for t in office("tasks", *CLERK, "--office", "clerk", "--json").document["tasks"]] == [task]
    assert office("tasks", *CLERK, "--office", "archive", "--json").document["tasks"] == []


def test_the_tasks_of_one_case_are_listed_by_its_number_or_id_and_a_mistyped_one_is_told(office: Callable, task: str) -> None:
    office("start", "permit", *CITIZEN, "--handler", "register.lookup={}", *CLOCK)
    ident = task.partition("/")[0]
    (number,) = (case["number"] for case in office("cases", "--as", "system", "--json").document["cases"] if case["id"] == ident)

    for name in (number, ident):
        assert [t["id"] for t in office("tasks", *CLERK, "--case", name, "--json").document["tasks"]] == [task]
    assert office("tasks", *CLERK, "--case", f"{number}X", exit_code=1).err.startswith("EF-A001: there is no case")


def test_who_says_where_the_work_is_sees_the_tasks_of_the_own_role_too(office: Callable, task: str) -> None:
    assert [t["id"] for t in office("tasks", *CLERK, "--works-in", "archive", "--json").document["tasks"]] == [task]


def test_who_asks_what_is_offered_to_an_office_does_not_work_there_by_asking(cli: Callable) -> None:
    cli("deploy", Path(__file__).parents[1] / "fixtures/agency/named", *CLOCK)
    cli("start", "named", "--as", "citizen:17", "--data", '{"street": "Canal 5", "income": 1200}')

    assert cli("tasks", "--as", "officer:7", "--office", "registry", "--json").document["tasks"] == []
    assert cli("tasks", "--as", "officer:7", "--works-in", "registry", "--office", "registry", "--json").document["tasks"] != []


def test_the_same_version_is_deployed_once(office: Callable, permit: Path) -> None:
    assert office("deploy", permit, "--json").document["new"] is False
    assert office("deploy", permit).out.startswith("nothing to do: permit 1")


def test_a_name_is_looked_up_among_the_procedures(cli: Callable) -> None:
    processes = Path(__file__).parents[2] / "processes"

    assert cli("deploy", "foi_request", "--processes", processes, "--json").document["procedure"] == "foi_request"


def test_the_same_key_starts_one_case(office: Callable) -> None:
    first = office("start", "permit", *CITIZEN, "--key", "web-1", "--json").document["case"]["id"]
    again = office("start", "permit", *CITIZEN, "--key", "web-1", "--json").document["case"]["id"]

    assert first == again
    assert len(office("cases", "--as", "system", "--json").document["cases"]) == 2


def test_without_a_handler_the_job_waits_for_the_application(office: Callable) -> None:
    case = office("start", "permit", *CITIZEN, "--json").document["case"]

    assert case["waiting"] == ["Task_Lookup"]
    assert case["incidents"] == []


def test_show_tells_data_work_and_history_to_who_may_know(office: Callable, task: str) -> None:
    number = _number(office)

    for who in (CLERK, CITIZEN):
        said = office("show", number, *who, "--svg", "case.svg").out
        assert "Canal 5" in said
        assert "citizen:17  start" in said
    assert Path("case.svg").read_text().startswith("<svg")
    shown = office("show", task.partition("/")[0], *CLERK, "--json").document
    assert shown["case"]["data"] == {"street": "Canal 5", "resident": True}
    assert shown["history"][0]["kind"] == "start"
    assert "model" not in shown["case"]


def test_a_stranger_learns_nothing_of_a_case(office: Callable) -> None:
    number = _number(office)

    for who in (("--as", "citizen:18"), ("--as", "officer:9", "--role", "gardener")):
        refused = office("show", number, *who, exit_code=1)
        assert refused.err.startswith("EF-A001: there is no case")
        assert "Canal" not in refused.out + refused.err
        assert office("cases", *who).out == "There are no cases that you may know of.\n"
        assert office("tasks", *who).out == "There are no open tasks for you.\n"


def test_nobody_acts_without_a_name(office: Callable) -> None:
    assert "Say who you are" in office("tasks", exit_code=2).err
    assert "Sebutkan siapa Anda" in office("tasks", "--lang", "id", exit_code=2).err


def test_roles_that_the_directory_does_not_confirm_do_not_count(office: Callable, task: str) -> None:
    Path("organisation.yaml").write_text("organisation: Permit office\npeople:\n  ani: {accounts: [officer:1], roles: [gardener]}\n")

    office("complete", task, *CLERK, "--directory", "organisation.yaml", exit_code=1)
    office("complete", task, *CLERK)


def test_tenants_do_not_see_each_other(office: Callable) -> None:
    assert office("cases", "--as", "system", "--tenant", "north").out == "There are no cases that you may know of.\n"


def test_a_changed_event_is_found(office: Callable) -> None:
    database = sqlite3.connect("egov-flow.db")
    triggers = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for name in triggers:
        database.execute(f'DROP TRIGGER "{name}"')
    database.execute(
        "UPDATE egov_events SET lines = CAST(REPLACE(lines, 'citizen:', 'citizen:9') AS BLOB) WHERE case_seq = 1 AND case_id <> 'registry'"
    )
    database.commit()
    database.close()

    assert "EF-U004" in office("audit", "verify", exit_code=1).out
    assert office("audit", "verify", "--json", exit_code=1).document["intact"] is False


def test_a_deadline_says_why_it_ends_when_it_ends(cli: Callable) -> None:
    cli("deploy", Path(__file__).parents[2] / "processes/indonesia/foi_request", *CLOCK)
    cli("start", "foi_request", *CITIZEN, "--data", '{"subject": "Budget"}', *CLOCK)
    (task,) = cli("tasks", "--as", "system", "--json").document["tasks"]
    cli("complete", task["id"], "--as", "officer:1", "--role", "desk", *CLOCK)

    said = cli("show", _number(cli), *CITIZEN).out

    assert "Why this date? decision" in said
    assert "2026-01-10 Saturday, not counted" in said
    assert "2026-01-16 " in said  # a holiday of that year, by its name
    assert "legal basis: service-standard (not verified against the official text)" in said


def test_a_recorded_case_replays_to_the_same_state(office: Callable, permit: Path) -> None:
    assert "1 replayed: 1 same state" in office("replay", "--all").out
    assert "1 diputar ulang: 1 keadaan sama" in office("replay", "--all", "--lang", "id").out
    assert office("replay", _number(office), "--json").document["replays"][0]["outcome"] == "same state"

    permit.write_text(permit.read_text().replace('name="Decide"', 'name="Decide on it"'))
    assert "1 replayed: 1 same path" in office("replay", "--all", "--on", permit).out


def test_replay_of_a_case_that_cannot_follow_is_told_by_the_exit_code(office: Callable, task: str) -> None:
    office("complete", task, *CLERK, *CLOCK)
    linear = Path(__file__).parents[1] / "fixtures/bpmn/linear.bpmn"

    said = office("replay", "--all", "--on", linear, exit_code=1).out

    assert "1 replayed: 1 other path" in said or "1 replayed: 1 cannot follow" in said


def test_a_recorded_case_replays_on_an_engine_that_we_did_not_write(cli: Callable) -> None:
    linear = Path(__file__).parents[1] / "fixtures/bpmn/linear.bpmn"
    cli("deploy", linear)
    cli("start", "linear", *CITIZEN)

    assert "1 replayed: 1 same path" in cli("replay", "--all", "--engine", "spiff").out
    assert cli("replay", "--all", "--engine", "abacus", exit_code=1).err.startswith("EF-Y010: no engine is called abacus")


def test_replay_wants_one_case_or_all(office: Callable) -> None:
    assert "Name one case, or give --all." in office("replay", exit_code=2).err
    assert "Name one case, or give --all." in office("replay", "some-case", "--all", exit_code=2).err


def test_an_office_does_its_task_from_the_list_to_its_end(cli: Callable) -> None:
    cli("deploy", Path(__file__).parents[1] / "fixtures/agency/named", *CLOCK)
    cli("start", "named", "--as", "citizen:17", "--data", '{"street": "Canal 5", "income": 1200}')
    registrar = ("--as", "officer:5", "--works-in", "registry")
    task = cli("tasks", *registrar, "--element", "Task_Review", "--json").document["tasks"][0]["id"]

    claimed = cli("claim", task, *registrar).out
    assert "running" in claimed
    for name in (task.partition("/")[0], _number(cli)):
        seen = cli("show", name, *registrar).out
        assert task in seen
        assert "1200" not in seen
    assert "Count (Task_Count)" in cli("complete", task, *registrar, "--data", '{"fine": true}').out
    assert "Task_Review" not in cli("tasks", *registrar, "--json").out


def test_who_deploys_is_told_which_data_stores_a_worker_must_have(cli: Callable) -> None:
    said = cli("deploy", Path(__file__).parents[1] / "fixtures/agency/move_of_address.bpmn")

    assert "Residents" in said.err
    assert "--stores" in said.err

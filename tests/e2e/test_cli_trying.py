# SPDX-License-Identifier: Apache-2.0
"""run and step: a case tried out without a database."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from egov_flow.cli.moves import Move, Option, parse_move

REPOSITORY = Path(__file__).resolve().parents[2]
FOI = REPOSITORY / "processes/indonesia/foi_request"
EXCLUSIVE = REPOSITORY / "tests/fixtures/bpmn/exclusive.bpmn"
LOOKUP = ("--handler", 'register.lookup={"resident": true}')


def _moves(*lines: str) -> str:
    Path("moves.txt").write_text("# what people do\n\n" + "\n".join(lines) + "\n")
    return "moves.txt"


def test_run_shows_each_move_as_a_table(cli: Callable, permit: Path) -> None:
    moves = _moves("complete Task_Decide", "wait")

    said = cli("run", permit, "--data", '{"street": "Canal 5"}', *LOOKUP, "--do", moves).out

    assert "→ start" in said
    assert "→ complete Task_Decide" in said
    assert "clerk:1" in said
    assert "After 14 days (Timer_Unpaid)" in said
    assert said.splitlines()[-1].startswith("P")
    assert ": completed  (case " in said.splitlines()[-1]
    assert not Path("egov-flow.db").exists()


def test_run_sends_messages_and_gives_one_document(cli: Callable, permit: Path) -> None:
    moves = _moves("start", "complete Task_Decide", 'send "Payment received" {"amount": 50000}')

    document = cli("run", permit, *LOOKUP, "--do", moves, "--json").document

    assert [m["move"] for m in document["moves"]] == ["start", "complete Task_Decide", "send Payment received"]
    assert document["case"]["status"] == "completed"
    assert document["case"]["data"]["amount"] == 50000


def test_run_starts_where_a_message_begins_the_case(cli: Callable) -> None:
    drawing = REPOSITORY / "tests/corners/begins_and_ends_only_with_all_others.bpmn"
    said = cli("run", drawing, "--do", _moves("start d", "send M"), exit_code=0).out

    assert "→ start d" in said
    assert "waits at r (r), b (b), a (a)" in said.splitlines()[-1]
    refused = cli("run", drawing, "--do", _moves("wander"), exit_code=1).err
    assert "possible are: start c; start d; start r" in refused


@pytest.mark.parametrize("command", ["run", "step"])
@pytest.mark.parametrize("content", [b"start\xff", b"# long\n" * 600_000], ids=["not UTF-8", "too long"])
def test_a_file_that_holds_no_moves_is_told_in_one_line(cli: Callable, permit: Path, command: str, content: bytes) -> None:
    Path("moves.txt").write_bytes(content)

    assert cli(command, permit, "--do", "moves.txt", exit_code=1).err.startswith("EF-L051: moves.txt cannot be read as moves (")


@pytest.mark.parametrize("move", ["wait P1D", "complete Task_Decide", "skip Task_Lookup"])
def test_nothing_goes_on_before_the_case_has_begun(cli: Callable, permit: Path, move: str) -> None:
    assert cli("run", permit, "--do", _moves(move), exit_code=1).err.startswith("moves.txt:3:\nEF-K200: the case has not been started")


@pytest.mark.parametrize("command", ["run", "step"])
def test_people_begin_what_they_like_and_end_it(cli: Callable, command: str) -> None:
    drawn = (REPOSITORY / "tests/corners/adhoc_people_end_it.bpmn").read_text("utf-8")
    ended = '<endEvent id="End"/><sequenceFlow id="n_End" sourceRef="n" targetRef="End"/></process>'
    Path("chosen.bpmn").write_text(
        drawn.replace("</process>", ended).replace('<sequenceFlow id="b_c" sourceRef="b" targetRef="c"></sequenceFlow>', "")
    )

    said = cli(command, "chosen.bpmn", "--do", _moves("start", "begin a", "complete a", "begin b", "end p", "complete n"), exit_code=0).out

    assert "end p" in said
    assert "completed" in said.splitlines()[-1]


def test_a_move_that_is_not_possible_stops_and_says_what_is(cli: Callable, permit: Path) -> None:
    said = cli("run", permit, *LOOKUP, "--do", _moves("start", "complete Task_Nowhere"), exit_code=1).err

    assert said.startswith("moves.txt:4:\nEF-L015: `complete Task_Nowhere` is not possible now; possible are: complete Task_Decide")


def test_a_service_task_that_nobody_answers_is_an_incident_with_ways_out(cli: Callable, permit: Path) -> None:
    said = cli("run", permit, "--do", _moves("start", 'skip Task_Lookup {"resident": false}')).out

    assert "incident at Look up residence (Task_Lookup)" in said
    assert "waits at Decide (Task_Decide)" in said.splitlines()[-1]


def test_run_asks_a_person(cli: Callable, permit: Path) -> None:
    answers = ["1", '{"street": "Canal 5"}', '{"resident": true}', "1", "", "q"]

    said = cli("run", permit, "--ask", stdin="\n".join(answers) + "\n")

    assert "Look up residence (Task_Lookup) calls the handler register.lookup" in said.err
    assert "complete Decide (Task_Decide) as clerk:1" in said.err
    assert "let time pass until" in said.err
    assert "waits at Paid in time? (Gateway_Wait)" in said.out.splitlines()[-1]


def test_a_person_who_leaves_at_a_handlers_question_leaves_the_case(cli: Callable, permit: Path) -> None:
    said = cli("run", permit, "--ask", stdin="1\n\n", exit_code=1)

    assert "incident" not in said.out
    assert "Aborted!" in said.err


@pytest.mark.parametrize("command", ["run", "step"])
def test_the_end_of_what_is_typed_ends_as_q_does(cli: Callable, permit: Path, command: str) -> None:
    typed = {"run": "1\n\n{}\n", "step": "1\n\n2\n"}[command]

    ended = cli(command, permit, "--ask", "--json", stdin=typed)
    assert ended.document["possible"] != []
    assert "Aborted!" not in ended.err


def test_a_person_who_types_nonsense_is_asked_again(cli: Callable, permit: Path) -> None:
    said = cli("run", permit, "--ask", *LOOKUP, stdin="1\n{no json\n1\n\nq\n")

    assert "EF-L006" in said.err
    assert "waits at Decide" in said.out


def test_run_asks_for_the_fields_of_a_form(cli: Callable) -> None:
    start = ["1", "Budget of the road", "Siti", "", "", "", "", "", "q"]

    said = cli("run", FOI, "--ask", stdin="\n".join(start) + "\n")

    assert "Information asked for (rincian informasi) *" in said.err
    assert "[see | copy_on_paper | copy_by_email]" in said.err
    assert "waits at Register the request" in said.out


def test_run_with_a_database_keeps_the_case_and_wants_to_know_who(cli: Callable, permit: Path) -> None:
    database = ("--db", "sqlite:///kept.db")
    cli("run", permit, *database, "--data", "{}", *LOOKUP, exit_code=2)
    cli("run", permit, *database, "--data", "{}", *LOOKUP, "--as", "citizen:17")

    assert cli("run", "permit", *database, "--data", "{}", *LOOKUP, "--as", "citizen:18", "--json").document["case"]["status"] == "running"
    assert len(cli("cases", *database, "--as", "system", "--json").document["cases"]) == 2
    refused = cli("run", "permit", *database, "--as", "citizen:18", "--do", _moves("start", "wait"), exit_code=1).err
    assert refused.startswith("moves.txt:4:\nEF-L016")


def test_a_drawing_is_not_tried_out_on_the_database_of_the_office(cli: Callable, permit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGOV_FLOW_DB", "sqlite:///office.db")

    cli("run", permit, "--data", "{}", *LOOKUP)

    assert not Path("office.db").exists()


def test_a_shipped_scenario_goes_as_expected(cli: Callable) -> None:
    said = cli("run", FOI, "--scenario", FOI / "scenarios/withdrawn.yaml").out
    document = cli("run", FOI, "--scenario", FOI / "scenarios/withdrawn.yaml", "--json").document

    assert "withdrawn: as expected in all 6 steps" in said
    assert document["passed"] is True
    assert [s["result"] for s in document["steps"]] == ["done"] * 6


def test_a_scenario_that_expects_something_else_fails_with_its_place(cli: Callable) -> None:
    Path("other.yaml").write_text((FOI / "scenarios/withdrawn.yaml").read_text().replace("status: completed", "status: running"))

    said = cli("run", FOI, "--scenario", "other.yaml", exit_code=1).out

    assert "other.yaml:" in said
    assert "withdrawn: not as expected" in said


def test_a_scenario_does_not_mix_with_real_cases(cli: Callable) -> None:
    cli("deploy", FOI)

    refused = cli("run", FOI, "--scenario", FOI / "scenarios/withdrawn.yaml", "--db", "sqlite:///egov-flow.db", exit_code=1).err

    assert refused.startswith("EF-L018")


def test_step_tells_once_what_cannot_be_read(cli: Callable) -> None:
    Path("broken.bpmn").write_text("<")

    refused = cli("step", "broken.bpmn", exit_code=1)
    assert refused.out == ""
    assert re.findall("error (EF-....)", refused.err) == ["EF-X002"]


def test_step_moves_one_token_by_one_element_and_draws_it(cli: Callable) -> None:
    moves = _moves("start", 'complete Task_Assess {"decision": "grant"}', "next", "next", "complete Task_Grant")

    document = cli("step", EXCLUSIVE, "--do", moves, "--svg", "now.svg", "--json").document

    entered = [e for frame in document["frames"] for e in frame["entered"]]
    assert entered == ["Start_Received", "Task_Assess", "Gateway_Decision", "Task_Grant", "Gateway_Merge", "Task_Archive"]
    assert all(len(frame["entered"]) <= 1 for frame in document["frames"])
    assert document["frames"][-1]["tokens"] == {"Task_Archive": 1}
    assert Path("now.svg").read_text().startswith("<svg")


def test_step_chooses_by_hand_where_data_is_ignored(cli: Callable) -> None:
    start = ("start", "complete Task_Assess")

    chosen = cli("step", EXCLUSIVE, "--free", "--do", _moves(*start), "--choices", "Flow_Refused", "--svg", "a.svg", "--json").document
    written = cli("step", EXCLUSIVE, "--free", "--do", _moves(*start, "choose Flow_Granted"), "--svg", "a.svg", "--json").document

    assert chosen["frames"][-1]["tokens"] == {"Task_Refuse": 1}
    assert written["frames"][-1]["tokens"] == {"Task_Grant": 1}
    nothing = cli("step", EXCLUSIVE, "--free", "--do", _moves(*start), "--svg", "a.svg", exit_code=1).err
    assert "EF-L013: Which way from Lawful? (Gateway_Decision)?" in nothing
    assert "Flow_Granted | Flow_Refused" in nothing


def test_step_asks_a_person(cli: Callable) -> None:
    said = cli("step", EXCLUSIVE, "--free", "--ask", "--svg", "a.svg", stdin="1\n2\n1\n2\n2\nq\n")

    assert "complete Assess application (Task_Assess)" in said.err
    assert "Which way from Lawful? (Gateway_Decision)?" in said.err
    assert "tokens at Write refusal (Task_Refuse)" in said.out


def test_step_fires_timers_fails_jobs_and_mends_incidents(cli: Callable, permit: Path) -> None:
    moves = _moves("start", "fail Task_Lookup", "skip Task_Lookup", "complete Task_Decide", "fire Timer_Unpaid")

    said = cli("step", permit, "--do", moves).out

    assert "incident at Look up residence (Task_Lookup)" in said
    assert said.splitlines()[-1].startswith("completed after")


def test_step_writes_nothing_unless_it_is_asked_to_draw(cli: Callable, permit: Path) -> None:
    moves = ("--do", _moves("start"))
    before = sorted(Path().iterdir())

    assert cli("step", permit, *moves, "--json").document["svg"] is None
    assert sorted(Path().iterdir()) == before

    assert cli("step", permit, *moves, "--svg", "now.svg").err.startswith("written: now.svg\n")


@pytest.mark.parametrize(("command", "first"), [("run", "start"), ("step", "start Start_Request")])
def test_where_nobody_is_asked_and_no_moves_are_given_the_way_on_is_told(cli: Callable, command: str, first: str) -> None:
    said = cli(command, FOI, exit_code=2).err

    assert said.startswith("EF-L033: no moves are given and nobody is asked, so no case was begun\n  hint: ")
    assert f"--do; or give --ask. Possible now: {first}. Such a line is: {first} {{" in said
    assert cli(command, FOI, "--json", exit_code=2).document["error"]["code"] == "EF-L033"


def test_a_line_that_is_shown_as_an_example_is_a_move(cli: Callable) -> None:
    (line,) = cli("step", FOI, "--svg", "now.svg", "--json").document["possible"]
    assert line == 'start Start_Request {"subject":"…"}'

    assert cli("step", FOI, "--do", _moves(line), "--json").document["frames"][-1]["tokens"] == {"Task_Register": 1}


def test_an_example_line_has_a_value_for_each_field_that_the_form_requires() -> None:
    fields = {
        "fee": {"enum": [Decimal("2.5"), 5]},
        "fine": {"type": "boolean"},
        "note": {"type": ["string", "null"]},
        "pages": {"type": "integer"},
    }
    form = {"properties": {**fields, "more": {}}, "required": [*fields, "unknown"]}

    line = Option(Move("send", "Payment received"), "", form, takes_data=True).line

    assert line == 'send "Payment received" {"fee":2.5,"fine":true,"note":"…","pages":1,"unknown":"…"}'
    assert str(parse_move(line, "line")) == "send Payment received"


@pytest.mark.parametrize("command", ["run", "step"])
def test_moves_that_end_before_the_case_does_say_what_is_possible_next(cli: Callable, permit: Path, command: str) -> None:
    moves = ("start",) if command == "run" else ("start", "report Task_Lookup")

    said = cli(command, permit, "--do", _moves(*moves), *(LOOKUP if command == "run" else ()))

    assert said.err.startswith("The moves end here. Possible now: complete Task_Decide")
    assert said.err.endswith("give --ask: complete Task_Decide\n")


def test_a_case_that_is_kept_goes_on_by_the_commands_for_cases(cli: Callable, permit: Path) -> None:
    said = cli("run", permit, "--db", "sqlite:///kept.db", "--as", "citizen:17", "--data", "{}", *LOOKUP)

    assert said.err.startswith("The moves end here, and the case is kept: go on with it by `egov-flow show`")


def test_a_case_that_has_ended_leaves_nothing_to_say(cli: Callable, permit: Path) -> None:
    ended = cli("run", permit, *LOOKUP, "--do", _moves("start", "complete Task_Decide", "wait"), "--json")

    assert ended.err == ""
    assert ended.document["possible"] == []


def test_run_is_told_what_a_data_store_holds(cli: Callable) -> None:
    drawing = REPOSITORY / "tests/fixtures/agency/move_of_address.bpmn"
    asked = ("run", drawing, "--data", '{"nik": "7"}', "--do", _moves(), "--json")

    stored = cli(*asked, "--store", 'Residents={"nik": "6"}', "--store", 'Residents={"nik": "7", "street": "Canal 5"}').document
    assert stored["case"]["tasks"][0]["data"]["resident"] == {"nik": "7", "street": "Canal 5"}
    assert cli(*asked, "--store", "Residents=").document["case"]["tasks"][0]["data"]["resident"] is None


def test_run_names_a_data_store_that_it_lacks_before_a_case_begins(cli: Callable) -> None:
    said = cli("run", REPOSITORY / "tests/fixtures/agency/move_of_address.bpmn", "--data", '{"nik": "7"}', exit_code=1)

    assert 'EF-A054: userTask "Check the new address" (Task_Check): the data store Residents is not registered' in said.err
    assert "--store" in said.err

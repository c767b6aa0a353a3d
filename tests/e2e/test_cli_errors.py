# SPDX-License-Identifier: Apache-2.0
"""What the command line says when something is wrong, and by which exit code."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import egov_flow.checks
from egov_flow.cli import main
from egov_flow.cli.documents import document
from egov_flow.cli.output import _ruled, clean


def test_a_database_that_is_not_there_is_told_and_not_made(cli: Callable) -> None:
    for command in (("cases", "--as", "system"), ("audit", "verify"), ("replay", "--all"), ("show", "x", "--as", "system")):
        assert cli(*command, exit_code=2).err.startswith("EF-L003: there is no database egov-flow.db\n  hint: ")
    assert list(Path().iterdir()) == []


def test_a_refusal_is_one_json_document_where_that_is_asked(cli: Callable) -> None:
    said = cli("cases", "--as", "system", "--json", exit_code=2)

    assert said.document["error"]["code"] == "EF-L003"
    assert said.document["error"]["hint"]
    assert said.err == ""


def test_findings_that_refuse_are_listed_in_the_document(cli: Callable, permit: Path) -> None:
    permit.write_text("<")

    assert cli("deploy", permit, "--json", exit_code=1).document["findings"][0]["code"] == "EF-X002"


def test_errors_come_in_the_chosen_language(cli: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGOV_FLOW_LANG", "id")

    assert "basis data egov-flow.db tidak ada" in cli("audit", "verify", exit_code=2).err
    assert "there is no database" in cli("audit", "verify", "--lang", "en", exit_code=2).err


def _fail(*_: object, **__: object) -> None:
    raise RuntimeError("a secret of the case")


def test_an_unexpected_error_is_one_line_without_its_text(cli: Callable, permit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egov_flow.checks, "check", _fail)

    said = cli("check", permit, exit_code=3)

    assert said.err.startswith("EF-L001: something went wrong that should not have (RuntimeError)")
    assert "secret" not in said.err
    assert cli("check", permit, "--json", exit_code=3).document["error"]["code"] == "EF-L001"


def test_a_traceback_is_shown_to_who_asks_for_it(permit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egov_flow.checks, "check", _fail)

    result = CliRunner().invoke(main, ["check", str(permit), "--debug"])

    assert result.exit_code == 3
    assert "Traceback" in result.stderr


def test_a_file_that_cannot_be_written_is_told(cli: Callable, permit: Path) -> None:
    said = cli("watch", permit, "--once", "--svg", "nowhere/drawing.svg", exit_code=2).err

    assert said.startswith("EF-L002: nowhere/drawing.svg: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("feel", "1", "--data", "nothing.json"), "neither a JSON object nor a file"),
        (("feel", "now()", "--clock", "yesterday"), "no moment with its offset"),
        (("feel", "now()", "--clock", "2026-01-05T09:00"), "no moment with its offset"),
        (("worker", "--once", "--clock", "9999-12-31T23:59-14:00"), "the year is 9000 at most"),
        (("start", "permit", "--as", "citizen:1", "--handler", "lookup"), "write NAME="),
        (("schema", "poem"), "is not one of"),
        (("cases", "--as", "system", "--limit", "0"), "0 is not in the range"),
    ],
)
def test_a_wrong_option_is_a_usage_error(arguments: tuple[str, ...], says: str, cli: Callable) -> None:
    assert says in cli(*arguments, exit_code=2).err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("cases",), "Say who you are"),
        (("cases", "--as", "system", "--limit", "0"), "0 is not in the range"),
        (("cases", "--shoe-size", "43"), "--shoe-size"),
        (("show",), "Missing argument 'CASE'"),
        (("dance",), "No such command 'dance'"),
    ],
)
def test_a_wrong_call_is_one_json_document_where_that_is_asked(arguments: tuple[str, ...], says: str, cli: Callable) -> None:
    said = cli(*arguments, "--json", exit_code=2)

    assert said.err == ""
    assert said.document["error"]["code"] == "EF-L053"
    assert says in said.document["error"]["message"]
    assert said.document["error"]["hint"].endswith("--help` says what can be given.")


def test_an_adapter_that_is_not_installed_is_named(cli: Callable, permit: Path) -> None:
    assert cli("deploy", permit, "--db", "oracle://x", exit_code=1).err.startswith("EF-A010: no adapter named oracle")


def test_a_password_in_the_address_of_a_database_is_never_shown(cli: Callable) -> None:
    said = cli("cases", "--as", "system", "--db", "postgresql+psycopg://clerk:s3cret@nowhere.invalid/cases", exit_code=1)

    assert "s3cret" not in said.out + said.err


def test_text_from_a_file_cannot_steer_the_terminal(cli: Callable, permit: Path) -> None:
    permit.write_text(permit.read_text().replace('targetRef="End_Issued"', 'targetRef="End&#x202E;&#x9b;2J"'))

    said = cli("check", permit, exit_code=1).out

    assert "\u202e" not in said
    assert "\x9b" not in said
    assert clean("a\x1b[2Jb\u202ec\nd\udcff\U000e0001") == "a\\u001b[2Jb\\u202ec\nd\\udcff\\U000e0001"
    assert document("\x9b\u202e\udcff\U000e0001é") == '"\\u009b\\u202e\\udcff\\udb40\\udc01é"'


def test_a_table_on_a_terminal_is_ruled_and_takes_names_literally() -> None:
    said = _ruled(("Number", "Name"), [("1", "[red]not markup[/red]")], width=60)

    assert "[red]not markup[/red]" in said
    assert "─" in said


@pytest.mark.parametrize("width", [24, 40, 60])
def test_on_a_narrow_terminal_an_id_is_still_there_to_be_typed(width: int) -> None:
    case = "01a20dbd080a-0b969c63"
    said = _ruled(
        ("Number", "Waits at", "Id"), [("FR-QM9F-3J65-NKPM-KQ", "Register the request (Task_Register)", case), ("P-1", "", "c")], width
    )

    shown = [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in said.splitlines()]
    assert max(map(len, shown)) <= width
    assert "…" not in said
    assert case in "".join(line.removeprefix("Id").replace(" ", "") for line in shown)


@pytest.mark.parametrize("width", [*range(85, 124, 3), 200])
def test_a_table_that_fits_is_cut_off_nowhere(width: int) -> None:
    ids = ["01a20ef9e1af-1f4395e77230aec033b9/2", "01a20ef9e65b-5e4ef876a55cd4b5a1a8/2"]
    said = _ruled(
        ("Task", "Due", "Form", "Id"), [("Register the request", "2026-11-25 03:13+00:00", "forms/register.json", i) for i in ids], width
    )

    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in said.splitlines()]
    assert max(map(len, lines)) <= width
    assert "─" in said
    assert [i for i in ids if not any(line.endswith(i) for line in lines)] == []


def test_numbers_keep_every_digit_in_json() -> None:
    from decimal import Decimal

    assert document({"a": Decimal("0.1000000000000000000000000000001"), "b": (), "c": {}, "d": 2}) == (
        '{\n  "a": 0.1000000000000000000000000000001,\n  "b": [],\n  "c": {},\n  "d": 2\n}'
    )


def test_a_folder_that_is_not_there_is_named_as_what_is_missing(cli: Callable, permit: Path) -> None:
    said = cli("deploy", permit, "--db", "sqlite:///nowhere/cases.db", exit_code=1).err

    assert said.startswith("EF-A055: there is no folder nowhere for the database")

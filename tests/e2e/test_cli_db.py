# SPDX-License-Identifier: Apache-2.0
"""`egov-flow db`: upgrade, check, copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.e2e.conftest import CLOCK

from egov_flow_adapters.sqlalchemy_store._schema import FORMAT

OLD = Path(__file__).parents[1] / "fixtures" / "store" / "layout_1.sqlite.sql"


@pytest.fixture
def old(cli: Callable) -> Path:
    """A database of layout 1."""
    file = Path("egov-flow.db")
    with closing(sqlite3.connect(file)) as raw:
        raw.executescript(OLD.read_text("utf-8"))
    return file


def test_an_old_database_is_upgraded_by_the_command_that_the_error_names(cli: Callable, old: Path) -> None:
    assert "egov-flow db upgrade" in cli("cases", "--as", "system", exit_code=1).err
    assert cli("db", "current").out == "layout 1\n"
    assert cli("db", "upgrade", "--json").document == {"before": 1, "layout": FORMAT, "key": "egov-flow.db.key"}
    assert cli("db", "upgrade").out == f"the database has the newest layout, {FORMAT}\n"
    assert cli("db", "check").out == "as expected\n"
    assert len(cli("cases", "--as", "system", "--json").document["cases"]) == 4


def test_an_old_database_gets_the_key_that_it_never_had_and_new_cases_begin(cli: Callable, old: Path, permit: Path) -> None:
    said = cli("db", "upgrade").out

    assert said.splitlines()[1].startswith("written: egov-flow.db.key, the master key of the database; keep it as safe")
    assert Path("egov-flow.db.key").stat().st_mode & 0o777 == 0o600
    before = Path("egov-flow.db.key").read_bytes()
    permit.rename("another.bpmn")
    cli("deploy", "another.bpmn")
    cli("start", "another", "--as", "citizen:17")

    assert cli("db", "upgrade", "--json").document["key"] is None
    assert Path("egov-flow.db.key").read_bytes() == before


def test_an_upgrade_makes_no_key_where_one_is_named_or_was_lost(
    cli: Callable, old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = tmp_path / "office.key"
    named.write_bytes(bytes(32))
    monkeypatch.setenv("EGOV_FLOW_MASTER_KEY_FILE", str(named))
    assert cli("db", "upgrade", "--json").document["key"] is None
    monkeypatch.delenv("EGOV_FLOW_MASTER_KEY_FILE")

    assert cli("db", "upgrade", "--json").document["key"] is None
    assert not Path("egov-flow.db.key").exists()


def test_a_check_names_what_is_missing(cli: Callable) -> None:
    cli("db", "upgrade")
    with closing(sqlite3.connect("egov-flow.db")) as raw:
        raw.execute("DROP TRIGGER egov_events_no_update")
    assert cli("db", "check", "--json", exit_code=1).document == {"differences": ["missing: trigger egov_events_no_update"]}
    assert cli("db", "check", "--lang", "id", exit_code=1).out.endswith("1 perbedaan\n")


def test_a_damaged_file_is_found(cli: Callable, old: Path) -> None:
    cli("db", "upgrade")
    content = bytearray(old.read_bytes())
    content[8192 : 8192 + 2000] = bytes(2000)
    old.write_bytes(content)
    cli("db", "check", exit_code=1)


def test_a_dump_is_loaded_elsewhere(cli: Callable, permit: Path) -> None:
    cli("deploy", permit)
    cli("start", "permit", "--as", "citizen:17", *CLOCK)
    told = cli("db", "dump", "cases.jsonl", "--json").document
    assert cli("db", "load", "cases.jsonl", "--db", "sqlite:///there.db", "--json").document == told
    assert cli("db", "dump", "-").out == Path("cases.jsonl").read_text("utf-8")
    cli("db", "load", "cases.jsonl", "--db", "sqlite:///there.db", exit_code=1)


def test_who_loads_a_dump_is_told_to_take_the_key_along(cli: Callable, permit: Path) -> None:
    cli("deploy", permit)
    cli("start", "permit", "--as", "citizen:17", *CLOCK)
    cli("db", "dump", "cases.jsonl")

    said = cli("db", "load", "cases.jsonl", "--db", "sqlite:///there.db")
    assert said.err.startswith("its cases can be opened with the master key of the database that the dump came from")
    Path("there.db.key").write_bytes(Path("egov-flow.db.key").read_bytes())
    assert len(cli("cases", "--as", "system", "--db", "sqlite:///there.db", "--json").document["cases"]) == 1


def test_a_dump_that_cannot_be_written_says_so_and_not_how_much_it_holds(cli: Callable, permit: Path) -> None:
    cli("deploy", permit)
    Path("folder").mkdir()

    assert "is a directory" in cli("db", "dump", "folder", exit_code=2).err
    refused = cli("db", "dump", "nowhere/cases.jsonl", exit_code=2)
    assert (refused.out, refused.err.partition("\n")[0]) == ("", "EF-L002: nowhere/cases.jsonl: No such file or directory")


@pytest.mark.parametrize("command", ["current", "check", "dump"])
def test_who_only_looks_makes_no_database(cli: Callable, command: str) -> None:
    cli("db", command, *(["x.jsonl"] if command == "dump" else []), exit_code=2)
    assert not Path("egov-flow.db").exists()


def test_roles_are_for_postgresql(cli: Callable) -> None:
    assert "GRANT SELECT, INSERT ON " in cli("db", "roles", "egov_app", "--db", "postgresql+psycopg://egov@nowhere/cases").out
    cli("db", "roles", "egov_app", exit_code=1)
    cli("db", "current", "--db", "memory:", exit_code=1)

# SPDX-License-Identifier: Apache-2.0
"""The demo, with few cases: what it tells, what it writes, and that it never harms a folder."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import click.testing
import pytest

from egov_flow.agency import Agency
from egov_flow.checks import check
from egov_flow.cli import main
from egov_flow.cli._demo_files import Told
from egov_flow.cli.demo import run_demo
from egov_flow.cli.settings import Settings
from egov_flow.errors import ConflictError

WRITTEN = {"report.html", "process.svg", "counts.svg", "case.svg", "redesign.svg", "cases.db", "tampered.db", "version_2"}


def _run(*arguments):
    return click.testing.CliRunner().invoke(main, ["demo", *map(str, arguments)])


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The demo with 12 cases: its folder and what it told."""
    folder = tmp_path_factory.mktemp("desk") / "demo"
    result = _run("--out", folder, "--cases", 12)
    assert result.exit_code == 0, result.output
    return folder, result.output


def test_it_writes_pictures_a_report_and_databases_and_nothing_else(story):
    folder, _ = story

    assert {path.name for path in folder.iterdir() if path.suffix != ".key"} == {*WRITTEN, ".egov-flow-demo"}
    assert [path.name for path in folder.parent.iterdir()] == ["demo"]
    for picture in folder.glob("*.svg"):
        assert ET.parse(picture).getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_what_to_look_at_next_can_be_typed_as_it_stands(story, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(Path(sys.executable).parents[1])
    without = _commands(_run("--out", tmp_path / "demo", "--cases", 12).output)
    (tmp_path / "egov-flow").touch(mode=0o755)
    activated = _commands(_run("--out", tmp_path / "demo", "--cases", 12).output)

    assert {c.split()[0] for c in without} == {"bin/egov-flow"}
    assert {c.split()[0] for c in activated} == {"egov-flow"}


def _commands(told):
    return told.partition("What to look at next")[2].strip().splitlines()[:4]


def test_it_tells_its_chapters_in_order_and_how_long_it_took(story):
    _, told = story

    assert re.findall(r"^(\d+)\. ", told, re.MULTILINE) == [str(n) for n in range(1, 11)]
    assert re.search(r"\d+\.\d seconds\n$", told)
    for said in (
        "0 errors",
        "7 of 7 obligations",
        "not verified",
        "12 the same state again",
        "audit verify: intact",
        "caught; findings: 1",
    ):
        assert said in told, said
    assert "NOT CAUGHT" not in told
    assert re.search(r"EF-U004: case case-\d+, event \d+:", told)


def test_it_tells_why_a_date_is_what_it_is_with_a_holiday(story):
    days = re.findall(r"^   \d{4}-\d\d-\d\d (.+), not counted$", story[1], re.MULTILINE)

    assert set(days) - {"Saturday", "Sunday"}


def test_the_report_refers_to_nothing_outside_and_names_nobody(story):
    page = (story[0] / "report.html").read_text("utf-8")

    assert set(re.findall(r'(?:src|href|action|data|srcset)\s*=\s*"([^"#][^"]*)', page)) == set()
    assert set(re.findall(r"https?://[^\s\"<]+", page)) <= {"http://www.w3.org/2000/svg"}
    assert "invented" in page
    assert re.findall(r"citizen:|case-0|FOI_REQUEST-", page) == []


def test_the_cases_are_a_real_database_and_the_copy_differs_in_one_event(story):
    with Agency.open(f"sqlite:///{story[0] / 'cases.db'}") as agency:
        assert agency.audit.verify().intact
    rows = [set(sqlite3.connect(story[0] / name).execute("SELECT * FROM egov_events")) for name in ("cases.db", "tampered.db")]

    assert (len(rows[0] - rows[1]), len(rows[1] - rows[0])) == (1, 1)


def test_the_new_version_can_be_deployed(story):
    folder = story[0] / "version_2"

    assert [str(f) for f in check(folder) if f.severity == "error"] == []
    with Agency.open("memory:") as agency:
        assert agency.deploy(str(folder)).version == "2"


def test_the_same_seed_tells_the_same_story_and_replaces_its_folder(tmp_path):
    quiet = Settings(is_json=True)
    first = run_demo(tmp_path / "demo", cases=3, seed=5, settings=quiet)
    page = (tmp_path / "demo/report.html").read_bytes()
    second = run_demo(tmp_path / "demo", cases=3, seed=5, settings=quiet)

    assert {**first, "seconds": 0} == {**second, "seconds": 0}
    assert (tmp_path / "demo/report.html").read_bytes() == page
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_json_is_one_document_and_indonesian_is_spoken(tmp_path):
    result = click.testing.CliRunner().invoke(main, ["demo", "--out", str(tmp_path / "d"), "--cases", "1", "--json", "--lang", "id"])
    account = json.loads(result.stdout)

    assert result.exit_code == 0
    assert account["cases"] == 1
    assert account["holds"] is True
    assert account["intact"] is True
    assert account["tampering"][0]["code"] == "EF-U004"
    assert '<html lang="id">' in (tmp_path / "d/report.html").read_text("utf-8")


def test_a_forgery_that_nobody_notices_is_told_and_fails_the_demo(tmp_path, monkeypatch):
    monkeypatch.setattr("egov_flow.cli._demo_story.tamper", lambda source, copy, *_: copy.write_bytes(source.read_bytes()))
    result = _run("--out", tmp_path / "demo", "--cases", 1)

    assert result.exit_code == 1
    assert "NOT CAUGHT" in result.output


def test_somebody_elses_folder_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("three years", "utf-8")
    result = _run("--out", tmp_path, "--cases", 1)

    assert result.exit_code == 1
    assert "EF-L902" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "demo").write_text("a file", "utf-8")

    with pytest.raises(ConflictError, match="EF-L902"):
        run_demo(tmp_path / "demo", cases=1, settings=Settings(is_json=True))


def test_the_folder_that_one_stands_in_is_not_replaced(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".egov-flow-demo").touch()

    assert "EF-L904" in _run("--out", ".", "--cases", 1).output


def test_a_name_that_no_database_url_can_hold_is_refused(tmp_path):
    assert "EF-L905" in _run("--out", tmp_path / "what?", "--cases", 1).output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a b", "50%", "no#1", "ü"])
def test_a_folder_may_have_any_name(tmp_path, name):
    assert run_demo(tmp_path / name, cases=1, settings=Settings(is_json=True))["intact"] is True
    assert (tmp_path / name / "cases.db").stat().st_size > 0


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_run_that_breaks_off_leaves_no_folder_and_the_old_one_as_it_was(tmp_path, monkeypatch, error):
    quiet = Settings(is_json=True)
    (tmp_path / "demo").mkdir()
    for name in (".egov-flow-demo", "report.html"):
        (tmp_path / "demo" / name).write_text("of an earlier demo", "utf-8")

    def breaks(*_):
        raise error

    monkeypatch.setattr(Told, "write", breaks)
    for folder in ("demo", "other"):
        with pytest.raises(error):
            run_demo(tmp_path / folder, cases=1, settings=quiet)

    assert [path.name for path in tmp_path.iterdir()] == ["demo"]
    assert (tmp_path / "demo/report.html").read_text("utf-8") == "of an earlier demo"


def test_the_story_needs_no_working_folder_of_ours(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = _run("--cases", 1)

    assert result.exit_code == 0
    assert Path("demo/report.html").is_file()

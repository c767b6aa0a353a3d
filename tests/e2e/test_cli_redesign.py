# SPDX-License-Identifier: Apache-2.0
"""redesign and diff: a new version out of a small file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

FOI = Path(__file__).resolve().parents[2] / "processes/indonesia/foi_request"
CHANGE = FOI / "redesigns/parallel_checks.yaml"


def test_a_redesign_is_told_proved_written_and_drawn(cli: Callable) -> None:
    said = cli("redesign", CHANGE, FOI, "--out", "new", "--svg", "changes.svg").out

    assert "- manual task Task_AgendaBook" in said
    assert "foi_request 2: sound: yes" in said
    assert Path("changes.svg").read_text().startswith("<svg")
    assert cli("check", "new", "--json").document["counts"]["error"] == 0
    assert "deadlines.completeness.amount: 3 → 1" in cli("diff", FOI, "new").out
    assert "_removed" in cli("diff", FOI, "new", "--json").document
    assert cli("diff", FOI, "new", "--bytes").out.startswith("--- foi_request/1/process.bpmn")


def test_nothing_is_written_over(cli: Callable) -> None:
    Path("new").mkdir()
    Path("new/mine.txt").write_text("mine")

    assert cli("redesign", CHANGE, FOI, "--out", "new", exit_code=1).err.startswith("EF-L010")
    assert [f.name for f in Path("new").iterdir()] == ["mine.txt"]


def test_what_cannot_be_read_is_not_compared(cli: Callable, permit: Path) -> None:
    Path("broken.bpmn").write_text("<")

    refused = cli("diff", "broken.bpmn", permit, exit_code=1)
    assert refused.out == ""
    assert refused.err.startswith("broken.bpmn:1:1: error EF-X002")
    assert cli("diff", permit, "broken.bpmn", "--json", exit_code=1).document["findings"][0]["code"] == "EF-X002"


@pytest.mark.parametrize("command", [("diff", "permit.bpmn"), ("prove",), ("step",), ("replay", "--all", "--on")])
def test_a_version_that_is_nowhere_is_told_with_those_that_are_deployed(office: Callable, command: tuple[str, ...]) -> None:
    said = office(*command, "permit:7", exit_code=2).err

    assert said.startswith("EF-L052: there is neither a file nor a deployed procedure permit:7; deployed are: permit:1\n  hint: ")


def test_without_out_nothing_is_written(cli: Callable) -> None:
    document = cli("redesign", CHANGE, FOI, "--json").document

    assert document["version"] == "2"
    assert document["proof"] == {"sound": True, "not_verified": []}
    assert list(Path().iterdir()) == []


def test_a_redesign_of_another_base_is_refused_with_its_place(cli: Callable) -> None:
    Path("other.yaml").write_text(CHANGE.read_text().replace('version: "1"', 'version: "7"'))

    said = cli("redesign", "other.yaml", FOI, exit_code=1).err

    assert "other.yaml:" in said
    assert "error EF-R006" in said
    assert cli("redesign", "other.yaml", FOI, "--json", exit_code=1).document["findings"][0]["code"] == "EF-R006"


def test_recorded_cases_are_replayed_on_the_redesign(cli: Callable) -> None:
    cli("deploy", FOI)
    cli("start", "foi_request", "--as", "citizen:17", "--data", '{"subject": "Budget"}')
    (task,) = cli("tasks", "--as", "system", "--json").document["tasks"]
    cli("complete", task["id"], "--as", "officer:1", "--role", "desk", "--handler", "notify.applicant={}")
    cli("redesign", CHANGE, FOI, "--out", "new")

    document = cli("replay", "--all", "--on", "new", "--json", exit_code=1).document

    assert document["replays"][0]["outcome"] == "other path"
    assert document["replays"][0]["skipped"] == ["Task_AgendaBook"]
    assert "not entered: Task_AgendaBook" in cli("replay", "--all", "--on", "new", exit_code=1).out
    cli("deploy", "new")
    assert "1 → foi_request 2" in cli("diff", "foi_request:1", "foi_request").out

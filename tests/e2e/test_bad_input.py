# SPDX-License-Identifier: Apache-2.0
"""Bad input gets one clear finding or error, with place and hint, and changes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

PERMIT = (Path(__file__).parents[1] / "fixtures/agency/permit.bpmn").read_text("utf-8")
EXCLUSIVE = (Path(__file__).parents[1] / "fixtures/bpmn/exclusive.bpmn").read_text("utf-8")
CLERK = ("--as", "officer:1", "--role", "clerk")
LAUGHS = '<!DOCTYPE l [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {y} "&{x};&{x};&{x};&{x};&{x};">' for x, y in zip("abcdefghi", "bcdefghij", strict=True)
)
LOOP = '<?xml version="1.0"?>\n<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>\n'


@attrs.frozen
class Bad:
    """A file that nobody should run: its text, the finding that tells it, where, and words of its message."""

    text: str
    code: str
    place: str
    says: str


def _without_prologue(text: str) -> str:
    return text.partition("\n")[2]


BAD_DRAWINGS = {
    "DOCTYPE": Bad(LOOP + _without_prologue(PERMIT), "EF-X003", ":2:13:", "DOCTYPE"),
    "billion laughs": Bad(
        LAUGHS + "]>\n" + _without_prologue(PERMIT).replace('"Decide"', '"&j;"'), "EF-X003", ":1:13:", "declares entities"
    ),
    "truncated": Bad(PERMIT[: len(PERMIT) // 2], "EF-X002", ":48:7:", "not well-formed"),
    "unknown namespace": Bad(
        PERMIT.replace("http://www.omg.org/spec/BPMN/20100524/MODEL", "http://example.org/drawing"),
        "EF-B001",
        ":2:1:",
        "not the definitions of BPMN 2.0",
    ),
    "duplicate ids": Bad(PERMIT.replace('id="End_Lapsed" name', 'id="End_Issued" name'), "EF-B007", ":37:5:", "used already"),
    "dangling flow": Bad(
        PERMIT.replace('targetRef="End_Issued"', 'targetRef="End_Nowhere"'), "EF-B009", ":43:5:", "End_Nowhere, which is not in the file"
    ),
    "unsupported element": Bad(
        PERMIT.replace(
            '<bpmn:userTask id="Task_Decide" name="Decide" />',
            '<bpmn:scriptTask id="Task_Decide" name="Decide" scriptFormat="javascript"><bpmn:script>decide()</bpmn:script></bpmn:scriptTask>',
        ),
        "EF-K061",
        ":26:79:",
        "javascript",
    ),
    "condition that does not parse": Bad(
        EXCLUSIVE.replace('decision = "grant"', "decision == grant"), "EF-K051", ":39:7:", "does not parse"
    ),
}


@pytest.mark.parametrize("name", BAD_DRAWINGS)
def test_check_tells_a_bad_drawing_with_place_and_hint(name: str, cli: Callable) -> None:
    bad = BAD_DRAWINGS[name]
    Path("drawing.bpmn").write_text(bad.text, "utf-8")

    said = cli("check", "drawing.bpmn", exit_code=1).out

    line = next(line for line in said.splitlines() if f"error {bad.code}" in line)
    assert line.startswith(f"drawing.bpmn{bad.place}")
    assert bad.says in line
    assert said.splitlines()[said.splitlines().index(line) + 1].startswith("  hint: ")


@pytest.mark.parametrize("name", BAD_DRAWINGS)
def test_deploy_refuses_a_bad_drawing_and_changes_nothing(name: str, office: Callable, contents: Callable) -> None:
    bad, before = BAD_DRAWINGS[name], contents()
    Path("drawing.bpmn").write_text(bad.text, "utf-8")

    said = office("deploy", "drawing.bpmn", "--accept", "I want it", exit_code=1)

    assert f"error {bad.code}" in said.err
    assert "hint: " in said.err
    assert said.out == ""
    assert contents() == before


def test_a_file_of_50_megabytes_is_refused_unread(office: Callable, contents: Callable) -> None:
    before = contents()
    Path("big.bpmn").write_text(PERMIT.replace("</bpmn:definitions>", f"<!--{'x' * 50 * 1024 * 1024}-->\n</bpmn:definitions>"), "utf-8")

    for command in ("check", "deploy"):
        said = office(command, "big.bpmn", exit_code=1)
        assert "big.bpmn: error EF-P002: the file is larger than 10485760 bytes" in said.out + said.err
        assert "hint: " in said.out + said.err
    assert contents() == before


def test_a_wrong_key_in_procedure_yaml_is_told_with_the_key_that_was_meant(office: Callable, contents: Callable) -> None:
    before = contents()
    Path("office").mkdir()
    Path("office/process.bpmn").write_text(PERMIT, "utf-8")
    Path("office/procedure.yaml").write_text("procedure: permit\nversion: '2'\ntitel: Parking permit\n", "utf-8")

    checked = office("check", "office", exit_code=1).out
    refused = office("deploy", "office", exit_code=1).err

    for said in (checked, refused):
        assert "office/procedure.yaml:3:1: error EF-P0" in said
        assert "titel" in said
        assert "title" in said
        assert "hint: " in said
    assert contents() == before


def test_a_task_is_completed_once(office: Callable, task: str, contents: Callable) -> None:
    office("complete", task, *CLERK)
    before = contents()

    said = office("complete", task, *CLERK, exit_code=1).err

    assert said.startswith(f"EF-W005: the task {task} is completed already")
    assert "hint: " in said
    assert contents() == before


def test_a_task_of_somebody_else_is_not_completed(office: Callable, task: str, contents: Callable) -> None:
    office("claim", task, *CLERK)
    before = contents()

    said = office("complete", task, "--as", "officer:2", "--role", "clerk", exit_code=1).err
    hidden = office("complete", task, "--as", "stranger:9", exit_code=1).err

    assert said.startswith("EF-W0")
    assert "hint: " in said
    assert hidden.startswith("EF-A004: there is no task")
    assert contents() == before


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        ('{"__class__": "x"}', "EF-D005", "__class__"),
        ('{"a": {"__init__": 1}}', "EF-D005", "__init__"),
        ('{"amount": NaN}', "EF-D003", "amount is not a finite number"),
        ('{"amount": -Infinity}', "EF-D003", "amount is not a finite number"),
        ('{"amount": 1e999999}', "EF-D003", "amount"),
        ('{"a": 1, "a": 2}', "EF-L008", "the name a twice"),
        ('{"a": 1,}', "EF-L006", "no JSON (line 1"),
        ("[1]", "EF-L007", "no JSON object"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "EF-", "--data"),
    ],
)
def test_data_that_no_case_can_hold_is_refused(*, data: str, code: str, says: str, office: Callable, task: str, contents: Callable) -> None:
    before = contents()

    said = office("complete", task, *CLERK, "--data", data, exit_code=1).err

    assert said.startswith(code)
    assert says in said or code == "EF-"
    assert "hint: " in said
    assert contents() == before


def test_an_unknown_procedure_is_not_started(office: Callable, contents: Callable) -> None:
    before = contents()

    said = office("start", "passport", "--as", "citizen:17", exit_code=1).err

    assert said.startswith("EF-A002: the procedure passport (version any) is not deployed; deployed are: permit")
    assert "hint: " in said
    assert contents() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_database_without_the_right_to_write_stays_as_it_is(office: Callable, task: str, contents: Callable) -> None:
    _refused_by_a_read_only_database("egov-flow.db", office, task, contents)


def test_a_read_only_database_is_told_and_stays_as_it_is(office: Callable, task: str, contents: Callable) -> None:
    before = contents()
    url = f"sqlite:///file:{Path('egov-flow.db').resolve()}?mode=ro&uri=true"

    said = office("complete", task, *CLERK, "--db", url, exit_code=1).err

    assert said.startswith("EF-S0")
    assert "hint: " in said
    assert contents() == before


def _refused_by_a_read_only_database(file: str, office: Callable, task: str, contents: Callable) -> None:
    before = contents()
    Path(file).chmod(stat.S_IRUSR)
    try:
        said = office("complete", task, *CLERK, exit_code=1).err
    finally:
        Path(file).chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert said.startswith("EF-S0")
    assert "egov-flow.db" in said
    assert "hint: " in said
    assert contents() == before

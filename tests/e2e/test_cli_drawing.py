# SPDX-License-Identifier: Apache-2.0
"""check, prove, watch, feel, schema, adapters: what needs no database."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from egov_flow.cli.schema import KINDS
from egov_flow.cli.watch import _snapshot
from egov_flow.errors import Finding

REPOSITORY = Path(__file__).resolve().parents[2]
FOI = REPOSITORY / "processes/indonesia/foi_request"
PARALLEL = REPOSITORY / "tests/fixtures/bpmn/parallel.bpmn"


def test_check_of_a_folder_of_procedures_checks_each(cli: Callable) -> None:
    document = cli("check", REPOSITORY / "processes", "--json").document

    assert str(FOI) in document["checked"]
    assert document["counts"]["error"] == 0


def test_warnings_fail_only_where_they_are_asked_to(cli: Callable, permit: Path) -> None:
    permit.write_text(permit.read_text().replace('name="Decide"', ""))
    document = cli("check", permit, "--json").document
    assert document["counts"] == {"error": 0, "warning": document["counts"]["warning"], "info": document["counts"]["info"]}
    assert document["counts"]["warning"] > 0

    cli("check", permit, "--strict", exit_code=1)


def test_findings_come_in_indonesian(cli: Callable, permit: Path) -> None:
    permit.write_text("<not-bpmn/>")

    said = cli("check", permit, "--lang", "id", exit_code=1).out

    assert "diperiksa: 1; kesalahan: 1" in said


def test_a_path_that_is_not_there_is_usage(cli: Callable) -> None:
    assert "does not exist" in cli("check", "nowhere.bpmn", exit_code=2).err
    assert cli("prove", "nowhere.bpmn", exit_code=2).err.startswith("EF-P001: there is nothing to read at nowhere.bpmn")


def test_prove_says_which_obligations_are_kept(cli: Callable) -> None:
    said = cli("prove", FOI).out
    document = cli("prove", FOI, "--json").document

    assert "foi_request 1: sound: yes" in said
    assert "registered_before_decision  yes" in said
    assert document["sound"] is True
    assert all(verdict["holds"] for verdict in document["obligations"])


def test_prove_shows_and_draws_the_way_to_a_deadlock(cli: Callable) -> None:
    drawing = (
        PARALLEL.read_text()
        .replace("<bpmn:parallelGateway", "<bpmn:exclusiveGateway", 1)
        .replace("</bpmn:parallelGateway>", "</bpmn:exclusiveGateway>", 1)
    )
    Path("stuck.bpmn").write_text(drawing)

    said = cli("prove", "stuck.bpmn", "--svg", "way.svg", exit_code=1).out

    assert "sound: no" in said
    assert "way: " in said
    assert Path("way.svg").read_text().startswith("<svg")


def test_watch_once_draws_and_tells_errors_by_its_exit_code(cli: Callable, permit: Path) -> None:
    assert "errors: 0" in cli("watch", permit, "--once", "--svg", "now.svg").out
    assert "Decide" in Path("now.svg").read_text()

    permit.write_text(permit.read_text().replace('targetRef="End_Issued"', 'targetRef="End_Nowhere"'))
    document = cli("watch", permit, "--once", "--svg", "now.svg", "--json", exit_code=1).document

    assert "EF-B009" in {f["code"] for f in document["findings"] if f["severity"] == "error"}
    assert document["svg"] == "now.svg"


def test_watch_survives_a_file_that_is_no_drawing(cli: Callable, permit: Path) -> None:
    permit.write_text("<")

    assert "EF-X002" in cli("watch", permit, "--once", "--svg", "now.svg", exit_code=1).out
    assert not Path("now.svg").exists()


def test_watch_looks_again_at_what_is_saved_during_its_first_look(cli: Callable, permit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def look(*_: object) -> list[Finding]:
        seen.append(permit.read_text())
        if len(seen) == 1:
            permit.write_text(seen[0] + "<!-- saved -->")
        else:
            signal.raise_signal(signal.SIGINT)
        return []

    monkeypatch.setattr("egov_flow.cli.watch._look", look)
    cli("watch", permit, "--every", "0.05")

    assert [text.endswith("<!-- saved -->") for text in seen] == [False, True]


def test_watch_ends_with_ctrl_c_during_its_first_look_too(cli: Callable, permit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def look(_: object, path: str, *__: object) -> list[Finding]:
        seen.append(path)
        signal.raise_signal(signal.SIGINT)
        return []

    monkeypatch.setattr("egov_flow.cli.watch._look", look)

    assert cli("watch", permit, "--every", "0.05").err == "no longer watching\n"
    assert seen == ["permit.bpmn"]


def test_watch_writes_nothing_unless_it_is_asked_to_draw(cli: Callable, permit: Path) -> None:
    assert cli("watch", permit, "--once", "--json").document["svg"] is None
    assert list(Path().iterdir()) == [permit]


def test_watch_sees_what_people_save_and_not_what_it_draws(cli: Callable, permit: Path) -> None:
    before = _snapshot(Path())

    Path("now.svg").write_text("<svg/>")
    assert _snapshot(Path()) == before

    permit.write_text(permit.read_text() + "\n")
    assert _snapshot(Path()) != before


def test_feel_prints_texts_plainly_and_other_values_as_json(cli: Callable) -> None:
    Path("data.json").write_text('{"days": 3.10}')

    assert cli("feel", "0.1 + 0.2 = 0.3").out == "true\n"
    assert cli("feel", '"a" + "b"').out == "ab\n"
    assert cli("feel", "days * 2", "--data", "data.json").out == "6.2\n"
    assert cli("feel", "days * 2", "--data", "-", stdin='{"days": 1e30}').out == "2000000000000000000000000000000\n"
    assert cli("feel", "{a: [1, null]}", "--json").document == {"value": {"a": [1, None]}}
    assert cli("feel", 'duration("P3D")').out == "P3D\n"
    assert cli("feel", '[date("2026-01-05"), {a: duration("P1Y2M"), b: 1.50}]').out == '["2026-01-05",{"a":"P1Y2M","b":1.5}]\n'
    assert cli("feel", "today()", "--clock", "2026-01-05T09:00+07:00", "--json").document == {"value": "2026-01-05"}


def test_feel_points_at_what_does_not_parse(cli: Callable) -> None:
    said = cli("feel", "1 + ", exit_code=1).err

    assert said.startswith("  1 + \n      ^\nEF-F003: at 1:5")
    assert cli("feel", "__import__('os')", exit_code=1).out == ""


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_are_those_that_are_published(kind: str, cli: Callable) -> None:
    published = REPOSITORY / f"docs/reference/{kind}.schema.json"

    assert cli("schema", kind).document == json.loads(published.read_text("utf-8"))


def test_adapters_lists_what_is_installed(cli: Callable) -> None:
    found = {(a["kind"], a["name"]) for a in cli("adapters", "--json").document["adapters"]}

    assert {("engine", "kernel"), ("store", "memory"), ("store", "sqlite"), ("calendar", "holidays")} <= found
    assert "sqlite" in cli("adapters").out

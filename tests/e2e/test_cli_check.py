# SPDX-License-Identifier: Apache-2.0
"""`egov-flow check` in every form of its output, with repairs, settings and explanations."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from egov_flow.checks.example import HEAD

BROKEN = (
    f'{HEAD}<process id="P"><startEvent id="S" name="Asked" /><task id="A" name=" Examine " /><endEvent id="E" name="&lt;script&gt;" />'
    '<sequenceFlow id="F" sourceRef="S" targetRef="A" /><sequenceFlow id="G" sourceRef="A" targetRef="E" />'
    '<sequenceFlow id="H" sourceRef="E" targetRef="S" /></process></definitions>'
)


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    file = tmp_path / "drawing.bpmn"
    file.write_text(BROKEN, "utf-8")
    return file


def test_sarif_goes_to_a_file(drawing: Path, cli: Callable, tmp_path: Path) -> None:
    cli("check", drawing, "--format", "sarif", "--output", tmp_path / "findings.sarif", exit_code=1)
    log = json.loads((tmp_path / "findings.sarif").read_text("utf-8"))

    assert {"EF-C140", "EF-C142"} <= {result["ruleId"] for result in log["runs"][0]["results"]}


def test_annotations_are_lines(drawing: Path, cli: Callable) -> None:
    said = cli("check", drawing, "--format", "github", exit_code=1).out

    assert all(line.startswith("::") for line in said.splitlines())


def test_a_page_shows_the_diagram_and_no_script(drawing: Path, cli: Callable) -> None:
    page = cli("check", drawing, "--format", "html", "--lang", "id", exit_code=1).out
    tree = ET.fromstring(
        page.replace("<!doctype html>\n", "").replace('<meta charset="utf-8">', "").replace('width=device-width">', 'width=device-width"/>')
    )

    assert tree.get("lang") == "id"
    assert tree.find(".//{http://www.w3.org/2000/svg}svg") is not None
    assert "<script" not in page
    assert "EF-C140" in page


def test_text_can_go_to_a_file(drawing: Path, cli: Callable, tmp_path: Path) -> None:
    cli("check", drawing, "--output", tmp_path / "findings.txt", exit_code=1)

    assert "error EF-C140" in (tmp_path / "findings.txt").read_text("utf-8")


def test_fix_mends_the_file_and_says_what_it_did(drawing: Path, cli: Callable) -> None:
    said = cli("check", drawing, "--fix", exit_code=1).out

    assert "mended EF-C345" in said
    assert drawing.read_text("utf-8") == BROKEN.replace(" Examine ", "Examine")
    assert "mended" not in cli("check", drawing, "--fix", exit_code=1).out


def test_fix_keeps_permissions_and_touches_no_other_file(drawing: Path, cli: Callable) -> None:
    drawing.chmod(0o640)
    other = drawing.with_name("drawing.bpmn.new")
    other.write_text("somebody's own", "utf-8")

    cli("check", drawing, "--fix", exit_code=1)

    assert drawing.read_text("utf-8") != BROKEN
    assert drawing.stat().st_mode & 0o777 == 0o640
    assert {file.name: file.read_text("utf-8") for file in drawing.parent.iterdir() if file != drawing} == {other.name: "somebody's own"}


def test_fix_is_told_in_json(drawing: Path, cli: Callable) -> None:
    document = cli("check", drawing, "--fix", "--json", exit_code=1).document

    assert [finding["code"] for finding in document["mended"]] == ["EF-C345"]


def test_settings_beside_the_file_count_and_a_named_file_counts_more(drawing: Path, cli: Callable, tmp_path: Path) -> None:
    (tmp_path / ".egov-flow.yaml").write_text("rules: {start-event-incoming: warning, end-event-outgoing: off}\n", "utf-8")

    found = {f["code"]: f["severity"] for f in cli("check", drawing, "--json", exit_code=1).document["findings"]}

    assert found["EF-C140"] == "warning"
    assert "EF-C142" not in found
    assert found["EF-K023"] == "error", "what the kernel refuses stays refused"

    other = tmp_path / "other.yaml"
    other.write_text("rules: {}\n", "utf-8")

    assert cli("check", drawing, "--json", "--settings", other, exit_code=1).document["counts"]["error"] >= 2


def test_wrong_settings_are_refused(drawing: Path, cli: Callable, tmp_path: Path) -> None:
    (tmp_path / ".egov-flow.yaml").write_text("rules: {no-such-rule: off}\n", "utf-8")

    assert "EF-C900" in cli("check", drawing, exit_code=1).err


@pytest.mark.parametrize("code", ["EF-C140", "start-event-incoming", "EF-B007"])
def test_a_code_is_explained(code: str, cli: Callable) -> None:
    assert cli("check", "--explain", code).out.strip()


def test_an_unknown_code_is_told(cli: Callable) -> None:
    assert "EF-C904" in cli("check", "--explain", "EF-C000", exit_code=1).err


def test_without_a_path_it_asks_for_one(cli: Callable) -> None:
    assert "--explain" in cli("check", exit_code=2).err


def test_a_folder_of_drawings_is_checked_drawing_by_drawing(drawing: Path, cli: Callable) -> None:
    inner = drawing.parent / "older"
    inner.mkdir()
    (inner / "second.bpmn").write_bytes(drawing.read_bytes())

    said = cli("check", drawing.parent, "--json", exit_code=1).document

    assert said["checked"] == [str(drawing), str(inner / "second.bpmn")]
    assert {finding["file"] for finding in said["findings"]} == set(said["checked"])


def test_quiet_leaves_out_remarks(drawing: Path, cli: Callable) -> None:
    loud = cli("check", drawing, "--json", exit_code=1).document["counts"]
    quiet = cli("check", drawing, "--json", "--quiet", exit_code=1).document["counts"]

    assert loud["info"] > 0
    assert quiet == {**loud, "info": 0}


def test_a_page_marks_what_is_wrong_in_its_severity_and_folds_remarks(drawing: Path, cli: Callable) -> None:
    page = cli("check", drawing, "--format", "html", exit_code=1).out
    listed, folded = page.partition("</figure>")[2].split("<details>")

    assert 0 < listed.index('class="word error"') < listed.index('class="word warning"')
    assert 'class="word info"' not in listed
    assert 'class="word info"' in folded

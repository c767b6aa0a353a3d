# SPDX-License-Identifier: Apache-2.0
"""A folder on disk: what counts, what is left out aloud, and one fingerprint wherever it lies."""

from __future__ import annotations

import os

import pytest

from egov_flow.errors import NotFound
from egov_flow.procedure import Procedure, fingerprint, read, read_files, write


@pytest.fixture
def folder(tmp_path, diagram):
    (tmp_path / "permit" / "forms").mkdir(parents=True)
    (tmp_path / "permit" / "process.bpmn").write_bytes(diagram)
    (tmp_path / "permit" / "forms" / "decide.json").write_text('{"type": "object"}')
    return tmp_path / "permit"


def _codes(folder):
    return [f.code for f in read(folder).findings]


def test_a_folder_is_read_whole(folder):
    procedure = Procedure.read(str(folder))

    assert (procedure.id, procedure.findings) == ("permit", ())
    assert [path for path, _ in procedure.files] == ["forms/decide.json", "process.bpmn"]


def test_the_fingerprint_covers_what_counts_and_nothing_else(folder):
    before = read(folder).sha256
    (folder / "README.md").write_text("beside")
    (folder / "redesigns").mkdir()
    (folder / "redesigns" / "faster.yaml").write_text("beside")

    assert read(folder).sha256 == before == read_files(read(folder).files).sha256
    (folder / "forms" / "decide.json").write_text('{"type": "object" }')
    assert read(folder).sha256 != before


def test_a_byte_cannot_move_from_one_file_to_another_unseen():
    assert fingerprint([("a", b"xy"), ("b", b"")]) != fingerprint([("a", b"x"), ("b", b"y")])
    assert fingerprint([("a", b"x"), ("b", b"y")]) == fingerprint([("b", b"y"), ("a", b"x")])


def test_written_back_it_is_the_same_procedure(folder, tmp_path):
    procedure = read(folder)
    write(procedure, tmp_path / "copy" / "permit")

    assert read(tmp_path / "copy" / "permit").files == procedure.files
    assert read(tmp_path / "copy" / "permit").sha256 == procedure.sha256


def test_one_diagram_is_a_procedure_too(folder):
    (folder / "process.bpmn").rename(folder / "Building Permit.bpmn")
    procedure = read(folder / "Building Permit.bpmn")

    assert (procedure.id, procedure.findings) == ("building_permit", ())
    assert procedure.model.file == str(folder / "Building Permit.bpmn")


def test_a_diagram_of_another_name_is_told(folder):
    (folder / "process.bpmn").rename(folder / "permit.bpmn")

    assert _codes(folder) == ["EF-P041", "EF-P046"]


def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path):
    (tmp_path / "secret.json").write_text('{"type": "object"}')
    (folder / "forms" / "secret.json").symlink_to(tmp_path / "secret.json")

    assert _codes(folder) == ["EF-P040"]
    assert all("secret" not in path for path, _ in read(folder).files)


def test_a_folder_that_is_a_link_is_not_followed(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (folder / "decisions").symlink_to(tmp_path / "elsewhere")

    assert _codes(folder) == ["EF-P040"]


def test_a_pipe_is_not_waited_for(folder):
    (folder / "forms" / "decide.json").unlink()
    os.mkfifo(folder / "forms" / "decide.json")

    assert _codes(folder) == ["EF-P040"]


@pytest.mark.parametrize("name", ["decide.txt", "ünlaut.json", "a b.json", "-x.json"])
def test_a_file_that_is_no_form_is_told(folder, name):
    (folder / "forms" / name).write_text("{}")

    assert _codes(folder) == ["EF-P043"]


def test_a_file_of_50_mb_is_not_read(folder):
    with (folder / "process.bpmn").open("wb") as file:
        file.truncate(50 * 1024 * 1024)

    assert _codes(folder) == ["EF-P002"]


def test_hidden_files_are_nobody_s_business(folder):
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "forms" / ".decide.json.swp").write_bytes(b"x")

    assert _codes(folder) == []


@pytest.mark.parametrize("path", ["../outside.json", "/etc/passwd", "forms/../x.json", "forms/deep/x.json", "other.txt", "forms\\x.json"])
def test_a_path_that_leads_elsewhere_is_refused(path, diagram, tmp_path):
    procedure = read_files([("process.bpmn", diagram), (path, b"{}")])

    assert "EF-P045" in {f.code for f in procedure.findings}
    write(procedure, tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["process.bpmn"]


def test_nothing_there_is_an_error():
    with pytest.raises(NotFound, match="EF-P001"):
        read("nowhere/at/all")

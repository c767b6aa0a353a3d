# SPDX-License-Identifier: Apache-2.0
"""A redesign is made for one base, changes only what it says, and is refused whole when its result would be worse."""

from __future__ import annotations

import difflib

import pytest

from egov_flow.errors import RedesignError
from egov_flow.procedure import read_files


def test_another_base_is_refused(office, permit):
    redesign = office.redesign(permit, "remove: Task_Copy")
    files = [(p, d.replace(b"people", b"persons") if p == "procedure.yaml" else d + b"\n") for p, d in permit.files]

    with pytest.raises(RedesignError, match="EF-R006"):
        redesign.apply(read_files(files, "permit"))


def test_another_procedure_is_refused(office, permit):
    redesign = office.redesign(permit, "remove: Task_Copy")
    files = [(p, d.replace(b"procedure: permit", b"procedure: licence")) for p, d in permit.files]

    with pytest.raises(RedesignError, match="EF-R005"):
        redesign.apply(read_files(files, "licence"))


def test_the_new_version_needs_a_number_of_its_own(permit, refused):
    assert refused(permit, "remove: Task_Copy", to='"1"') == ["EF-R007"]


def test_an_unknown_measure_is_refused(permit, refused):
    assert refused(permit, "remove: Task_Copy", targets="[{measure: happiness}]") == ["EF-R016"]


def test_a_base_with_errors_is_refused(office, refused):
    broken = '<bpmn:sequenceFlow id="Flow_X" sourceRef="Task_Check" targetRef="Nowhere" />'

    assert "EF-R008" in refused(
        office.procedure("Task_Register", "Task_Check", "Task_Decide", "Task_Await", extra=broken), "remove: Task_Check"
    )


def test_applying_twice_gives_the_same_bytes_and_leaves_the_base_alone(office, permit):
    before = permit.files
    change = "parallelise: [Task_Check, Task_Inspect]\nremove: Task_Copy"

    assert office.apply(permit, change).procedure.files == office.apply(permit, change).procedure.files
    assert permit.files == before


def test_the_result_reads_like_any_other_procedure_and_is_sound(office, permit):
    result = office.apply(permit, "parallelise: [Task_Check, Task_Inspect]")

    assert (result.procedure.version, result.procedure.findings) == ("2", ())
    assert result.proof.sound is True
    assert all(v.holds for v in result.proof.obligations)


def test_lines_that_the_change_does_not_concern_stay(office, permit):
    old, new = (dict(p.files)["process.bpmn"].decode().splitlines() for p in (permit, office.apply(permit, "remove: Task_Copy").procedure))
    lines = list(difflib.unified_diff(old, new, lineterm="", n=0))
    touched = [line for line in lines if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))]

    assert [line.strip() for line in touched if line.startswith("+")] == [
        '+  <bpmn:userTask id="Task_Check" name="Check it">',
        '+  <bpmn:sequenceFlow id="Flow_2" sourceRef="Task_Register" targetRef="Task_Check" />',
    ]
    assert len(touched) == 17  # two lines anew, and fifteen that spoke of the step, its flow or their shapes


def test_windows_line_ends_stay_windows_line_ends(office, permit):
    files = [(p, d.replace(b"\n", b"\r\n") if p in {"process.bpmn", "procedure.yaml"} else d) for p, d in permit.files]
    windows = read_files(files, "permit")
    new = dict(office.apply(windows, "parallelise: [Task_Check, Task_Inspect]\nremove: Task_Copy").procedure.files)

    assert all(new[path].count(b"\n") == new[path].count(b"\r\n") for path in ("process.bpmn", "procedure.yaml"))


def test_a_single_bpmn_file_gets_its_version_beside_it(office, permit):
    alone = read_files([("process.bpmn", dict(permit.files)["process.bpmn"])], "permit")
    new = office.apply(alone, "remove: Task_Copy").procedure

    assert (new.id, new.version) == ("permit", "2")


def test_a_version_that_was_not_written_is_added(office, permit):
    text = dict(permit.files)["procedure.yaml"].decode().replace('version: "1"   # raised with every change\n', "")
    files = {**dict(permit.files), "procedure.yaml": text.encode()}
    new = office.apply(read_files(files.items(), "permit"), "remove: Task_Copy").procedure

    assert new.version == "2"
    assert b'procedure: permit\nversion: "2"\n' in dict(new.files)["procedure.yaml"]

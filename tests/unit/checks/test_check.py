# SPDX-License-Identifier: Apache-2.0
"""check() tells everything at once, in order, and never raises for what it is given."""

from __future__ import annotations

import pytest

from egov_flow.checks import check


@pytest.mark.parametrize("path", ["nothing/here", "", "a\0b", "x" * 5000])
def test_a_path_that_holds_nothing_is_a_finding(path):
    assert [(f.code, f.severity) for f in check(path)] == [("EF-P001", "error")]


def test_an_empty_folder_is_a_finding(tmp_path):
    assert "EF-P046" in {f.code for f in check(tmp_path)}


def test_a_file_that_is_no_diagram_is_a_finding(tmp_path):
    (tmp_path / "notes.bpmn").write_bytes(b"\x1f\x8b\x08\x00not a diagram")

    assert all(f.severity == "error" for f in check(tmp_path / "notes.bpmn"))
    assert check(tmp_path / "notes.bpmn")


def test_everything_is_told_at_once(a_procedure):
    procedure = a_procedure(
        nodes="startEvent Start\nuserTask Task_Decide\ncallActivity Call_1 Call\nendEvent End",
        flows="Start > Task_Decide\nTask_Decide > Call_1\nCall_1 > End",
        yaml="titel: x\nlinks: {Task_Gone: {handler: notify}}\nmilestones: [{element: Task_Gone, title: Done}]",
    )

    codes = {f.code for f in check(procedure)}

    assert {"EF-P022", "EF-C010", "EF-C050", "EF-C062", "EF-K001"} <= codes
    assert "EF-K066" not in codes, "a link to nothing is told once"


def test_findings_come_in_the_order_of_files_and_lines(a_procedure):
    procedure = a_procedure(
        nodes="startEvent Start\nuserTask Task_Decide\nendEvent End",
        yaml="deadlines:\n  b: {amount: 1, unit: weeks, ends: Gone}\n  a: {amount: 1, unit: weeks, ends: Gone}",
    )

    findings = check(procedure)
    places = [(f.place.file, f.place.line, f.place.column, f.code) for f in findings]

    assert places == sorted(places)
    assert findings == check(procedure)


def test_a_bare_diagram_is_not_asked_for_a_procedure_file(a_procedure):
    assert [f for f in check(a_procedure()) if f.severity != "info"] == []


def test_a_condition_that_does_not_parse_is_told_with_its_place(a_procedure):
    procedure = a_procedure(
        nodes="startEvent Start\nexclusiveGateway Gate Held?\nuserTask Task_Decide Decide\nendEvent End",
        flows="Start > Gate\nGate > Task_Decide\nGate > End\nTask_Decide > End",
        yaml="links:\n  Flow_Gate_End: {condition: 'held = = true'}\n  Flow_Gate_Task_Decide: {condition: 'held'}",
    )

    assert [(f.code, f.place.line) for f in check(procedure) if f.severity == "error"] == [("EF-K051", 2)]

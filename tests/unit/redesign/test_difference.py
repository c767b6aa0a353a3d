# SPDX-License-Identifier: Apache-2.0
"""A comparison reads as an analyst would tell it, and paints in bpmn-js."""

from __future__ import annotations

from egov_flow.diagrams import diagram
from egov_flow.redesign import diff


def test_a_procedure_does_not_differ_from_itself(permit):
    assert not diff(permit, permit)
    assert diff(permit, permit).text().endswith("no difference")
    assert diff(permit, permit).unified() == ""


def test_the_text_says_what_is_done_at_the_same_time_now(office, permit):
    text = office.apply(permit, "parallelise: [Task_Check, Task_Inspect]").diff.text()

    assert text.startswith("permit 1 → permit 2\n")
    assert '~ user task Task_Check "Check it": now at the same time as Task_Inspect "Inspect it"' in text
    assert "version: 1 → 2" in text


def test_the_text_speaks_indonesian(office, permit):
    assert "kini serentak dengan" in office.apply(permit, "parallelise: [Task_Check, Task_Inspect]").diff.text("id")


def test_a_removed_step_and_its_settings_are_told(office, permit):
    text = office.apply(permit, "remove: Task_Inspect").diff.text()

    assert '- user task Task_Inspect "Inspect it"' in text
    assert "- links.Task_Inspect.form: forms/inspect.json" in text


def test_the_json_has_the_four_keys_of_bpmn_js_differ(office, permit):
    found = office.apply(permit, "remove: Task_Copy").diff.as_json()

    assert set(found) == {"_added", "_removed", "_changed", "_layoutChanged", "files"}
    assert set(found["_removed"]) == {"Task_Copy", "Flow_3"}
    assert found["_changed"]["Flow_2"]["attrs"] == {"target": {"oldValue": "Task_Copy", "newValue": "Task_Check"}}
    assert {"change": "changed", "file": "procedure.yaml", "key": "version", "before": "1", "after": "2"} in found["files"]


def test_what_only_moved_is_layout_and_not_change(office, permit):
    found = office.apply(permit, "parallelise: [Task_Check, Task_Inspect]").diff.as_json()

    assert "Task_Decide" in found["_layoutChanged"]
    assert "Task_Decide" not in found["_changed"]


def test_the_opposite_comparison_has_the_opposite_signs(office, permit):
    new = office.apply(permit, "remove: Task_Copy").procedure
    there, back = diff(permit, new), diff(new, permit)

    assert {e.element for e in there.of("removed")} == {e.element for e in back.of("added")}
    assert {e.element for e in there.of("added")} == {e.element for e in back.of("removed")}


def test_the_picture_marks_the_changes(office, permit):
    svg = diagram(office.apply(permit, "remove: Task_Copy").diff).svg

    assert "manual task: Copy it (Task_Copy); removed" in svg
    assert "Task_Decide); " not in svg


def test_the_unified_diff_names_both_versions(office, permit):
    lines = office.apply(permit, "remove: Task_Copy").diff.unified().splitlines()

    assert lines[:2] == ["--- permit/1/process.bpmn", "+++ permit/2/process.bpmn"]
    assert any(line.startswith("-") and "Task_Copy" in line for line in lines[2:])

# SPDX-License-Identifier: Apache-2.0
"""check() tells everything at once, in order, and never raises for what it is given."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egov_flow.checks import check
from egov_flow.procedure import read_files


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


def test_what_a_collapsed_sub_process_hides_need_not_be_drawn(a_procedure):
    procedure = a_procedure(undrawn=("Task_Decide",))
    source = dict(procedure.files)["process.bpmn"].decode()
    inner = '<bpmn:subProcess id="Sub" name="Examine"><bpmn:userTask id="Task_Hidden" name="Look" /></bpmn:subProcess><bpmn:endEvent'
    bounds = '<dc:Bounds x="0" y="0" width="9" height="9" />'
    shape = f'<bpmndi:BPMNShape id="Sub_di" bpmnElement="Sub" isExpanded="{{}}">{bounds}</bpmndi:BPMNShape></bpmndi:BPMNPlane>'
    hidden = {}
    for expanded in ("true", "false"):
        text = source.replace("<bpmn:endEvent", inner, 1).replace("</bpmndi:BPMNPlane>", shape.format(expanded))
        hidden[expanded] = {f.element for f in check(read_files([("process.bpmn", text.encode())])) if f.code == "EF-C063"}

    assert hidden == {"true": {"Task_Decide", "Task_Hidden"}, "false": {"Task_Decide"}}


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.tuples(st.integers(0, 4000), st.integers(0, 40)), put=st.binary(max_size=12), file=st.integers(0, 2))
def test_no_damage_to_a_file_makes_it_raise(cut, put, file, a_procedure):
    procedure = a_procedure(
        yaml="roles: {desk: {lanes: Lane_Desk}}\nlinks: {Task_Decide: {form: forms/decide.json}}\nmilestones: [{element: Start, title: Begun}]",
        forms={"decide": '{"type": "object", "properties": {"decision": {"enum": ["yes", "no"]}}}'},
    )
    path, source = procedure.files[file]
    start = cut[0] % (len(source) + 1)
    damaged = {**dict(procedure.files), path: source[:start] + put + source[start + cut[1] :]}

    findings = check(read_files(damaged.items()))

    assert all(finding.message("en") and finding.message("id") for finding in findings)
    assert findings == sorted(findings, key=lambda f: (f.place.file, f.place.line, f.place.column, f.code))

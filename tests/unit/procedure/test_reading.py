# SPDX-License-Identifier: Apache-2.0
"""procedure.yaml and obligations.yaml become typed values; every slip is told with file, line, column and a way to mend it."""

from __future__ import annotations

import datetime

import pytest

from egov_flow.procedure import DataRule, Extension, Procedure, Trigger


def _found(procedure):
    return [(f.code, f.place.line, f.place.column, f.element) for f in procedure.findings]


def test_a_wrong_key_is_told_with_its_place_and_the_right_one(a_folder):
    procedure = a_folder("procedure: permit\ndeadlins:\n  decision: {amount: 10, unit: working days}\n")

    assert (
        str(procedure.findings[0]).splitlines()[0] == "procedures/permit/procedure.yaml:2:1: error EF-P022: the key deadlins is not known"
    )
    assert "Did you mean deadlines?" in procedure.findings[0].hint()
    assert "deadlines" in procedure.findings[0].hint("id")


@pytest.mark.parametrize(
    ("yaml", "finding"),
    [
        ("procedure: Foi Request", ("EF-P012", 1, 12, "procedure")),
        ("colour: red", ("EF-P023", 1, 1, "")),
        ("- a\n- b", ("EF-P019", 1, 1, "")),
        ("owner: [a]", ("EF-P011", 1, 8, "owner")),
        ("kind: asis", ("EF-P013", 1, 7, "kind")),
        ("title: {english: Permit}", ("EF-P017", 1, 9, "title")),
        ("review_date: 2027-02-30", ("EF-P016", 1, 14, "review_date")),
        ("roles: [desk]", ("EF-P021", 1, 8, "roles")),
        ("roles: {desk: {is_applicant: maybe}}", ("EF-P015", 1, 30, "roles.desk.is_applicant")),
        ("milestones: x", ("EF-P018", 1, 13, "milestones")),
        ("milestones: [{element: Start}]", ("EF-P020", 1, 14, "milestones")),
        ("deadlines: {d: {unit: working days}}", ("EF-P020", 1, 13, "deadlines.d")),
        ("deadlines: {d: {amount: ten, unit: weeks}}", ("EF-P014", 1, 25, "deadlines.d.amount")),
        ("deadlines: {d: {amount: 0, unit: weeks}}", ("EF-P014", 1, 25, "deadlines.d.amount")),
        ("deadlines: {d: {amount: 1, unit: days}}", ("EF-P013", 1, 34, "deadlines.d.unit")),
        ("links: {Task_Decide: {form: ../../etc/passwd}}", ("EF-P012", 1, 29, "links.Task_Decide.form")),
        ("zone: Mars/Olympus", ("EF-P051", 0, 0, "zone")),
        ("process: Process_Other", ("EF-P049", 0, 0, "process")),
        ("data: {decision: secret}", ("EF-P013", 1, 18, "data.decision.protection")),
    ],
)
def test_what_is_wrong_is_one_finding_at_its_place(yaml, finding, a_folder):
    assert _found(a_folder(yaml)) == [finding]


def test_all_of_it_is_told_at_once_and_the_rest_is_read(a_folder):
    procedure = a_folder("version: 1.10\nkind: x\nengine: y\nowner: The office\n")

    assert [f.code for f in procedure.findings] == ["EF-P013", "EF-P013"]
    assert (procedure.version, procedure.owner, procedure.engine) == ("1.10", "The office", "kernel")


def test_entries_become_values(a_folder):
    procedure = a_folder(
        "deadlines:\n"
        "  decision:\n"
        "    {amount: 10, unit: working days, starts: Start, ends: [{element: Task_Decide, on: entered}], extension: {amount: 7, unit: working days}}\n"
        "data: {decision: public, name: {protection: personal, title: Name}}\n"
        "review_date: 2027-01-31\n"
    )
    deadline = procedure.deadlines[0]

    assert procedure.findings == ()
    assert (deadline.name, deadline.amount, deadline.unit, deadline.starts) == ("decision", 10, "working days", Trigger("Start"))
    assert deadline.ends == (Trigger("Task_Decide", "entered"),)
    assert deadline.extension == Extension(amount=7, unit="working days")
    assert str(deadline.place) == "procedures/permit/procedure.yaml:2:3"
    assert procedure.data[0] == DataRule(name="decision", protection="public", place=procedure.data[0].place)
    assert procedure.review_date == datetime.date(2027, 1, 31)


def test_obligations_are_read_with_their_places(a_folder):
    text = "obligations:\n  decided:\n    {kind: exists, elements: Task_Decide, why: because, legal_basis: LAW-1}\n"
    procedure = a_folder(**{"obligations.yaml": text.encode()})

    assert procedure.findings == ()
    assert [(o.id, o.kind, o.elements, str(o.place)) for o in procedure.obligations] == [
        ("decided", "exists", ("Task_Decide",), "procedures/permit/obligations.yaml:2:3")
    ]


def test_without_a_yaml_there_are_defaults(a_folder):
    procedure = a_folder()

    assert (procedure.id, procedure.version, procedure.process_id, procedure.title) == ("permit", "1", "Process_Permit", {"": "Permit"})
    assert procedure.findings == ()


def test_two_executable_processes_need_a_choice(a_folder, diagram):
    both = diagram.replace(b"</bpmn:definitions>", b'<bpmn:process id="Process_2" isExecutable="true" /></bpmn:definitions>')

    assert "EF-P050" in {f.code for f in a_folder(**{"process.bpmn": both}).findings}
    assert a_folder("process: Process_Permit", **{"process.bpmn": both}).process_id == "Process_Permit"


def test_decisions_are_kept_and_said_to_be_unread(a_folder):
    procedure = a_folder(**{"decisions/fee.dmn": b"<definitions/>"})

    assert [(f.code, f.severity) for f in procedure.findings] == [("EF-P048", "info")]
    assert ("decisions/fee.dmn", b"<definitions/>") in procedure.files


def test_a_diagram_with_a_doctype_is_one_finding(a_folder):
    procedure = a_folder(**{"process.bpmn": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})

    assert procedure.process is None
    assert len([f for f in procedure.findings if f.severity == "error"]) == 1


def test_the_applicant_is_the_role_that_says_so(a_folder):
    assert a_folder("roles: {desk: , citizen: {is_applicant: true}}").applicant_role == "citizen"
    assert isinstance(a_folder(), Procedure)

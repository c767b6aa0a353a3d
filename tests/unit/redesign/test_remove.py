# SPDX-License-Identifier: Apache-2.0
"""`remove` takes a step out, leads the flow on, and refuses what is demanded, read later, or holds something else."""

from __future__ import annotations

import pytest

ALL = ("Task_Register", "Task_Copy", "Task_Check", "Task_Inspect", "Task_Decide", "Task_Await")


def _file(procedure, path):
    return dict(procedure.files)[path].decode()


def test_the_flow_leads_to_what_came_after(office, permit):
    new = office.apply(permit, "remove: Task_Copy").procedure
    flow = next(f for f in new.model.flows() if f.id == "Flow_2")

    assert new.node("Task_Copy") is None
    assert (flow.source, flow.target) == ("Task_Register", "Task_Check")
    assert new.node("Task_Check").incoming == ("Flow_2",)
    assert "Task_Copy" not in _file(new, "process.bpmn")
    assert "Flow_3" not in _file(new, "process.bpmn")


def test_the_drawing_keeps_everything_else_in_place(office, permit):
    new = office.apply(permit, "remove: Task_Copy").procedure
    old_shapes = {s.element: s.bounds for s in permit.model.diagrams[0].shapes}
    new_shapes = {s.element: s.bounds for s in new.model.diagrams[0].shapes}
    line = next(e for e in new.model.diagrams[0].edges if e.element == "Flow_2")

    assert new_shapes == {e: b for e, b in old_shapes.items() if e != "Task_Copy"}
    assert line.waypoints == ((410.0, 140.0), (610.0, 140.0))


def test_a_step_may_be_named_by_its_unique_name(office, permit):
    assert office.apply(permit, "remove: Copy it").procedure.node("Task_Copy") is None


def test_the_links_of_the_step_go_with_it_and_comments_stay(office, permit):
    new = office.apply(permit, "remove: Task_Inspect").procedure

    assert new.link("Task_Inspect") is None
    assert "Task_Inspect" not in _file(new, "procedure.yaml")
    assert "# what the officer fills in" in _file(new, "procedure.yaml")


def test_several_steps_go_one_after_the_other(office, permit):
    new = office.apply(permit, "remove: [Task_Copy, Task_Check]").procedure

    assert next(f.target for f in new.model.flows() if f.source == "Task_Register") == "Task_Inspect"


@pytest.mark.parametrize("step", ["Task_Register", "Task_Decide", "Task_Await"])
def test_what_an_obligation_or_deadline_rests_on_stays(permit, refused, step):
    assert set(refused(permit, f"remove: {step}")) == {"EF-R020"}


def test_a_step_whose_data_is_read_later_stays(office, refused):
    lookup = 'links:\n  Task_Inspect: {due: \'if held = "yes" then duration("P1D") else duration("P2D")\'}'
    from_form = office.procedure(*ALL, settings=_with(office, lookup + "\n  Task_Check: {form: forms/check.json}"))

    assert refused(from_form, "remove: Task_Check") == ["EF-R027"]


def test_a_reader_that_goes_in_the_same_change_is_no_obstacle(office):
    lookup = 'links:\n  Task_Inspect: {due: \'if held = "yes" then duration("P1D") else duration("P2D")\'}'
    procedure = office.procedure(*ALL, settings=_with(office, lookup + "\n  Task_Check: {form: forms/check.json}"))

    assert office.apply(procedure, "remove: [Task_Check, Task_Inspect]").procedure.node("Task_Check") is None


def test_a_service_whose_results_cannot_be_seen_stays_unless_somebody_answers_for_it(office, refused):
    procedure = office.procedure("Task_Register", "Task_Lookup", "Task_Decide", "Task_Await")

    assert refused(procedure, "remove: Task_Lookup") == ["EF-R028"]
    assert office.apply(procedure, "remove: {steps: Task_Lookup, vouched: Task_Lookup}").procedure.node("Task_Lookup") is None


def test_a_step_with_a_boundary_event_stays(office, refused):
    event = '<bpmn:boundaryEvent id="B" attachedToRef="Task_Copy"><bpmn:timerEventDefinition /></bpmn:boundaryEvent>'

    assert "EF-R021" in refused(office.procedure(*ALL, extra=event), "remove: Task_Copy")


def test_a_step_with_an_annotation_stays(office, refused):
    note = '<bpmn:textAnnotation id="N"><bpmn:text>why</bpmn:text></bpmn:textAnnotation>'
    line = '<bpmn:association id="A" sourceRef="Task_Copy" targetRef="N" />'

    assert refused(office.procedure(*ALL, extra=note + line), "remove: Task_Copy") == ["EF-R023"]


def test_a_step_that_decides_stays(office, refused):
    flow = '<bpmn:sequenceFlow id="Flow_Back" sourceRef="Task_Copy" targetRef="Task_Register" />'

    assert refused(office.procedure(*ALL, extra=flow), "remove: Task_Copy") == ["EF-R024"]


@pytest.mark.parametrize(("named", "code"), [("Task_Copi", "EF-R010"), ("Zzzzz", "EF-R012"), ("Start", "EF-R014")])
def test_a_reference_must_name_one_step(permit, refused, named, code):
    assert refused(permit, f"remove: {named}") == [code]


def _with(office, links):
    from_settings = office.procedure(*ALL)
    text = dict(from_settings.files)["procedure.yaml"].decode()
    start, end = text.index("links:"), text.index("deadlines:")
    return text[:start] + links + "\n" + text[end:]

# SPDX-License-Identifier: Apache-2.0
"""Data objects, input and output sets, associations with assignments and transformations, and whose a variable is (§10.4)."""

from datetime import UTC, datetime

from egov_flow import kernel
from egov_flow.data import freeze
from egov_flow.procedure import read_files
from egov_flow.values import Command

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
IO = (
    '<ioSpecification><dataInput id="in" name="fee"/><dataOutput id="out" name="receipt"/><inputSet><dataInputRefs>in</dataInputRefs></inputSet>'
    "<outputSet><dataOutputRefs>out</dataOutputRefs></outputSet></ioSpecification>"
)


def procedure_of(task: str, data: str = ""):
    xml = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="D" '
        f'targetNamespace="t"><process id="P" isExecutable="true"><startEvent id="s"/>{data}<serviceTask id="a" camunda:topic="h">{task}</serviceTask>'
        '<userTask id="b"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/><sequenceFlow id="g" sourceRef="a" targetRef="b"/></process></definitions>'
    )
    return read_files([("process.bpmn", xml.encode())], "data")


def played(procedure, start, result):
    """Return what the job was given and the variables after it."""
    program = kernel.compile(procedure)
    step = kernel.step(program, None, Command(kind="start", data=freeze(start)), NOW)
    job = step.jobs[0]
    after = kernel.step(program, step.state, Command(kind="report", target=str(job.token), data=freeze(result)), NOW)
    return job.data, kernel.view(program, after.state).variables


OBJECTS = '<dataObject id="o" name="application"/><dataObjectReference id="r" dataObjectRef="o" name="application"/><dataObject id="p" name="paid"/>'


def test_an_association_moves_a_data_object_into_a_named_input_and_out_again():
    task = (
        IO
        + '<dataInputAssociation id="i"><sourceRef>r</sourceRef><targetRef>in</targetRef></dataInputAssociation>'
        + '<dataOutputAssociation id="j"><sourceRef>out</sourceRef><targetRef>p</targetRef></dataOutputAssociation>'
    )
    given, after = played(procedure_of(task, OBJECTS), {"application": 50, "secret": 1}, {"receipt": "R-1", "other": 2})

    assert given == {"fee": 50}
    assert after == {"application": 50, "secret": 1, "paid": "R-1"}


def test_a_transformation_computes_what_moves():
    task = (
        IO
        + '<dataInputAssociation id="i"><sourceRef>r</sourceRef><targetRef>in</targetRef><transformation>application.pages * 2</transformation>'
        + "</dataInputAssociation>"
    )
    given, after = played(procedure_of(task, OBJECTS), {"application": {"pages": 3}}, {"receipt": "R-1"})

    assert given == {"fee": 6}
    assert after["receipt"] == "R-1"


def test_assignments_name_what_moves_where():
    task = (
        IO
        + '<dataOutputAssociation id="j"><targetRef>p</targetRef><assignment><from>receipt + "/2026"</from><to>paid</to></assignment>'
        + "</dataOutputAssociation>"
    )
    _, after = played(procedure_of(task, OBJECTS), {}, {"receipt": "R-1"})

    assert after == {"paid": "R-1/2026"}


def test_an_arrow_that_a_modeler_drew_without_saying_more_moves_nothing():
    task = (
        '<property id="q" name="__targetRef_placeholder"/><dataInputAssociation id="i"><sourceRef>r</sourceRef><targetRef>q</targetRef>'
        "</dataInputAssociation>"
    )
    procedure = procedure_of(task, OBJECTS)
    given, after = played(procedure, {"application": 50, "x": 1}, {"y": 2})

    assert (given, after) == ({"application": 50, "x": 1}, {"application": 50, "x": 1, "y": 2})
    assert "EF-K033" in {f.code for f in kernel.refusals(procedure)}


def test_a_property_of_a_task_is_noted_although_something_moves_beside_it():
    moves = '<dataInputAssociation id="i"><sourceRef>r</sourceRef><targetRef>in</targetRef></dataInputAssociation>'
    codes = [
        [f.code for f in kernel.refusals(procedure_of(task, OBJECTS))]
        for task in (IO + moves, IO + '<property id="q" name="seen"/>' + moves)
    ]

    assert codes == [[], ["EF-K033"]]

# SPDX-License-Identifier: Apache-2.0
"""A task whose performer the diagram computes is for whoever the case's data name (BPMN 2.0.2 §10.3.4)."""

from __future__ import annotations

import pytest
from tests.unit.agency.conftest import CITIZEN

from egov_flow.agency import Agency
from egov_flow.errors import NotAllowed, NotFound
from egov_flow.procedure import read_files
from egov_flow.values import Actor

OWNER = "<resourceAssignmentExpression><formalExpression>office</formalExpression></resourceAssignmentExpression>"
DRAWN = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"><process id="P" isExecutable="true"><startEvent id="S"/>'
    f'<userTask id="T"><potentialOwner>{OWNER}</potentialOwner></userTask><endEvent id="E"/>'
    '<sequenceFlow id="S_T" sourceRef="S" targetRef="T"/><sequenceFlow id="T_E" sourceRef="T" targetRef="E"/></process></definitions>'
)

PROCEDURE = b"procedure: offices\nroles: {north: {}, south: {}}\n"


def test_a_task_is_for_the_group_that_the_data_of_its_case_name(agency: Agency) -> None:
    deployed = agency.deploy(
        read_files([("process.bpmn", DRAWN.encode()), ("procedure.yaml", PROCEDURE)], folder="offices"), accept="a test"
    )
    case = agency.start(deployed.procedure, {"office": "north"}, by=CITIZEN)
    of_the_south, of_the_north = Actor("officer:1", roles={"south"}), Actor("officer:2", roles={"north"})

    assert [task.element for task in agency.tasks(by=of_the_north)] == ["T"]
    assert agency.tasks(by=of_the_south) == []
    (task,) = agency.tasks(by=of_the_north)
    with pytest.raises((NotAllowed, NotFound)):
        agency.complete(task.id, by=of_the_south)
    assert agency.complete(task.id, by=of_the_north).status == "completed"
    assert agency.case(case.id, by=CITIZEN).status == "completed"

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from egov_flow.procedure import read_files
from egov_flow.work import role_of
from egov_flow.work.roles import candidate_groups


@pytest.mark.parametrize(
    ("element", "role"),
    [
        ("Check", "checker"),  # linked in procedure.yaml, whatever its lane says
        ("Group", "desk"),  # of its lane, by the lane's id
        ("Decide", "head"),  # of its lane, by the role's title
        ("Answer", "citizen"),  # of its lane, by the lane's name
        ("Register", "Section"),  # of the innermost lane, which no role claims
        ("Inside", "head"),  # of the sub-process's lane
        ("Loose", "ppid"),  # of no lane: the diagram's first candidate group
        ("Nobody", ""),
        ("Nothing", ""),
    ],
)
def test_the_nearest_statement_names_the_role(procedure, element, role):
    assert role_of(procedure, element) == role


def test_the_innermost_lane_holds_an_element(procedure):
    lane = procedure.lane("Register")

    assert lane is not None
    assert lane.id == "Lane_Section"


def test_the_offices_roles_leave_the_applicant_out(procedure):
    assert procedure.applicant_role == "citizen"
    assert procedure.office_roles == {"desk", "head", "Section"}


@pytest.mark.parametrize(
    ("kind", "role"), [("potentialOwner", "clerk"), ("humanPerformer", "clerk"), ("performer", "clerk"), ("resourceRole", "")]
)
def test_the_resource_of_a_performer_is_a_group_that_may_do_the_work(kind, role):
    text = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"><resource id="R" name="clerk"/><resource id="Q" name="judge"/>'
        f'<process id="P" isExecutable="true"><userTask id="T"><{kind}><resourceRef>R</resourceRef></{kind}><potentialOwner><resourceRef>Q</resourceRef>'
        "</potentialOwner></userTask></process></definitions>"
    )
    procedure = read_files([("process.bpmn", text.encode())], "performed")

    assert role_of(procedure, "T") == (role or "judge")
    assert candidate_groups(procedure, "T", role or "judge") == (("judge",) if role else ())


@pytest.mark.parametrize("id_", ["", 'id="S"'])
def test_an_element_that_has_the_id_of_its_holder_or_none_has_no_role(id_):
    text = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">'
        f"<process><subProcess {id_}><userTask {id_}/></subProcess></process></definitions>"
    )
    procedure = read_files([("process.bpmn", text.encode())], "twice")

    assert [role_of(procedure, node.id) for node in procedure.model.nodes()] == ["", ""]

# SPDX-License-Identifier: Apache-2.0
"""A small procedure with lanes, made of values: desk and head work, the applicant answers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from egov_flow.bpmn.model import Activity, Content, Definitions, FlowNode, Lane, Process, Vendor
from egov_flow.procedure.model import DataRule, Form, Link, Obligation, Procedure, Role
from egov_flow.values import CaseRecord, Task

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


def work(element, name="", **vendor):
    return FlowNode(id=element, kind="userTask", name=name, activity=Activity(), vendor=Vendor(**vendor))


def _content():
    inner = Content(nodes=(work("Inside"),))
    section = Lane(id="Lane_Section", name="Section", nodes=("Register",))
    lanes = (
        Lane(id="Lane_Desk", name="Information desk", nodes=("Register", "Check", "Group"), lanes=(section,)),
        Lane(id="Lane_Head", name="Head", nodes=("Decide", "Sub")),
        Lane(id="Lane_Applicant", name="Applicant", nodes=("Answer",)),
    )
    nodes = (
        work("Register", "Register the request"),
        work("Check"),
        work("Decide"),
        work("Answer"),
        work("Group", candidate_groups=("ppid", "${expression}"), candidate_users=("officer:9",)),
        work("Loose", candidate_groups=("ppid", "legal")),
        work("Nobody"),
        FlowNode(id="Sub", kind="subProcess", activity=Activity(), content=inner),
    )
    return Content(nodes=nodes, lanes=lanes)


@pytest.fixture
def procedure():
    return Procedure(
        id="foi",
        model=Definitions(file="process.bpmn", processes=(Process(id="P", content=_content()),)),
        process_id="P",
        roles=(
            Role(id="desk", lanes=("Lane_Desk",)),
            Role(id="head", title={"": "Head"}),
            Role(id="citizen", lanes=("Applicant",), is_applicant=True),
        ),
        links=(Link(element="Check", role="checker", due="PT8H", form="forms/check.json"),),
        obligations=(Obligation(id="four_eyes", kind="not_same_person", elements=("Check", "Decide")),),
        data=(DataRule(name="subject", protection="public"),),
        forms=(Form(path="forms/check.json", schema={"properties": {"subject": {}, "secret": {"writeOnly": True}}}),),
    )


@pytest.fixture
def task():
    def made(element="Register", role="desk", **more):
        return Task(**{"id": "c1/7", "case": "c1", "element": element, "role": role, "created": NOW} | more)

    return made


@pytest.fixture
def record():
    return CaseRecord(
        tenant="default",
        id="c1",
        number="N",
        procedure="foi",
        version="1",
        sha256="",
        engine="kernel",
        semantics="1",
        status="running",
        applicant="citizen:17",
        created=NOW,
        updated=NOW,
    )

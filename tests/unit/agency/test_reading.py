# SPDX-License-Identifier: Apache-2.0
"""Answers are filtered by who asks; what one may not know of is not found."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.agency.conftest import ADMINISTRATOR, CITIZEN, CLERK, PERMIT, STRANGER

from egov_flow.agency import Agency, Case
from egov_flow.errors import NotFound
from egov_flow.testing import FakeDirectory, SequentialIds
from egov_flow.values import SYSTEM, Actor

NEIGHBOUR = Actor("citizen:18")
LINEAR = str(Path(__file__).parents[2] / "fixtures/bpmn/linear.bpmn")


def test_the_applicant_the_office_and_the_system_see_a_case(agency: Agency, a_case: Case) -> None:
    for reader in (CITIZEN, CLERK, ADMINISTRATOR, SYSTEM):
        assert agency.case(a_case.id, by=reader).number == a_case.number
        assert [c.id for c in agency.cases(by=reader)] == [a_case.id]


@pytest.mark.parametrize("reader", [NEIGHBOUR, STRANGER], ids=lambda a: a.id)
def test_nobody_else_does(agency: Agency, a_case: Case, reader: Actor) -> None:
    for question in (agency.case, agency.history, agency.recording, agency.jobs):
        with pytest.raises(NotFound):
            question(a_case.id, by=reader)
    assert agency.cases(by=reader) == []
    assert agency.tasks(by=reader) == []


def test_a_page_is_full_whatever_lies_between_the_cases_that_one_may_read(agency: Agency) -> None:
    agency.deploy(LINEAR, accept="a drawing for a test")
    begun = [agency.start(p, by=who) for p, who in [("permit", CITIZEN), ("linear", NEIGHBOUR), ("linear", CLERK)] * 2]
    of_clerk = [case.id for case in reversed(begun) if (case.procedure, case.applicant) != ("linear", NEIGHBOUR.id)]

    first = agency.cases(by=CLERK, limit=3)
    assert [case.id for case in first] == of_clerk[:3]
    assert [case.id for case in agency.cases(by=CLERK, limit=3, after=first[-1].id)] == of_clerk[3:]
    assert [case.id for case in agency.cases(by=CITIZEN, limit=1)] == [begun[3].id]
    assert agency.cases(by=CLERK, procedure="linear", limit=1)[0].id == begun[5].id


def test_another_tenant_finds_nothing(agency: Agency, a_case: Case) -> None:
    other = agency.of("another-agency")
    with pytest.raises(NotFound):
        other.case(a_case.id, by=SYSTEM)
    with pytest.raises(NotFound):
        other.complete(a_case.tasks[0].id, by=SYSTEM)
    assert other.cases(by=SYSTEM) == []
    assert other.tasks(by=SYSTEM) == []


def test_with_a_directory_only_confirmed_roles_count() -> None:
    directory = FakeDirectory({"officer:1": {"clerk"}})
    with Agency.open("memory:", directory=directory, ids=SequentialIds(), handlers={"register.lookup": lambda _: {}}) as agency:
        agency.deploy(PERMIT)
        case = agency.start("permit", by=CITIZEN)
        impostor = Actor("officer:666", roles={"clerk"})
        assert agency.tasks(by=impostor) == []
        with pytest.raises(NotFound):
            agency.complete(case.tasks[0].id, by=impostor)
        agency.complete(case.tasks[0].id, by=Actor("officer:1"))
        assert agency.history(case.id, by=SYSTEM)[-1].affiliation == "confirmed:clerk"


def test_the_history_names_command_person_and_rule(agency: Agency, a_case: Case) -> None:
    agency.complete(a_case.tasks[0].id, {"grant": True}, by=CLERK)
    events = agency.history(a_case.id, by=CLERK)
    assert [e.case_seq for e in events] == list(range(1, len(events) + 1))
    completion = next(e for e in events if e.kind == "complete")
    assert (completion.element, completion.actor, completion.policy) == ("Task_Decide", "officer:1", "role clerk")
    assert completion.affiliation == "claimed:clerk"
    assert all(e.cause == completion.case_seq for e in events if e.case_seq > completion.case_seq)

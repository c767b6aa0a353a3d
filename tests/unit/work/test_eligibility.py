# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from egov_flow.errors import NotAllowed
from egov_flow.values import SYSTEM, Actor
from egov_flow.work import Confirmed, eligible, may_read_case

DESK = Actor("officer:1", roles={"desk"}, office="front")
CITIZEN = Actor("citizen:17")


def asked(actor, task, procedure, **more):
    return eligible(actor, task, **{"procedure": procedure, "applicant": "citizen:17"} | more)


def test_who_has_the_role_may(procedure, task):
    decision = asked(DESK, task(), procedure)

    assert (decision.allowed, decision.policy, decision.affiliation) == (True, "role desk", "claimed:front/desk")


def test_who_has_it_not_may_not_and_is_told_whose_it_is(procedure, task):
    decision = asked(Actor("officer:2", roles={"head"}), task(), procedure)

    assert (decision.allowed, decision.policy) == (False, "eligibility")
    with pytest.raises(NotAllowed, match=r"EF-W001: officer:2 may not take the task c1/7 \(Register\): it belongs to the role desk"):
        decision.demand()


def test_a_task_of_no_role_is_nobodys(procedure, task):
    assert not asked(DESK, task("Nobody", ""), procedure).allowed
    assert not asked(Actor("x", roles={""}), task("Nobody", ""), procedure).allowed


def test_a_directory_decides_which_claimed_roles_count(procedure, task):
    assert not asked(DESK, task(), procedure, confirmed=Confirmed()).allowed
    assert asked(DESK, task(), procedure, confirmed=Confirmed(frozenset({"desk", "head"}), "front")).affiliation == "confirmed:front/desk"
    assert not asked(DESK, task("Decide", "head"), procedure, confirmed=Confirmed(frozenset({"desk", "head"}))).allowed


def test_who_claims_no_role_has_those_of_the_directory(procedure, task):
    assert asked(Actor("officer:1"), task(), procedure, confirmed=Confirmed(frozenset({"desk"}))).allowed


def test_the_applicants_task_is_only_the_applicants(procedure, task):
    answer = task("Answer", "citizen")

    assert asked(CITIZEN, answer, procedure).policy == "applicant"
    assert asked(Actor("citizen:18", roles={"citizen"}), answer, procedure).code == "EF-W003"
    assert not asked(DESK, answer, procedure).allowed


def test_an_applicant_has_no_office_role_by_being_one(procedure, task):
    assert not asked(Actor("citizen:17", roles={"citizen"}), task(), procedure).allowed


def test_acting_for_the_applicant_needs_more_than_a_claim(procedure, task):
    assert not asked(Actor("lawyer:1", on_behalf_of="citizen:17"), task("Answer", "citizen"), procedure).allowed


def test_groups_and_persons_of_the_diagram_may_too(procedure, task):
    group = task("Group", candidates=("ppid", "officer:9"))

    assert asked(Actor("officer:5", roles={"ppid"}), group, procedure).policy == "candidate ppid"
    assert asked(Actor("officer:9"), group, procedure).policy == "candidate officer:9"
    assert asked(Actor("officer:5", office="ppid"), group, procedure).policy == "candidate ppid"
    assert not asked(Actor("officer:5", office="ppid"), group, procedure, confirmed=Confirmed()).allowed


def test_an_account_called_like_a_group_is_not_its_member(procedure, task):
    group = task("Group", candidates=("ppid", "officer:9"))

    assert not asked(Actor("ppid"), group, procedure).allowed
    assert not asked(Actor("officer:5", roles={"officer:9"}), group, procedure).allowed


def test_two_duties_are_two_persons_whatever_their_accounts(procedure, task):
    head = Actor("officer:4", person="siti", roles={"head"})
    decision = asked(head, task("Decide", "head"), procedure, done_by={"Check": {"siti"}})

    assert (decision.allowed, decision.policy) == (False, "not_same_person four_eyes")
    with pytest.raises(NotAllowed, match=r"EF-W002.*same person did Check"):
        decision.demand()


def test_the_same_duty_twice_or_another_person_is_fine(procedure, task):
    head = Actor("officer:4", roles={"head"})

    assert asked(head, task("Decide", "head"), procedure, done_by={"Check": {"budi"}, "Decide": {"officer:4"}}).allowed
    assert asked(DESK, task(), procedure, done_by={"Check": {"officer:1"}}).allowed


def test_who_is_not_eligible_learns_nothing_of_the_duties(procedure, task):
    outsider = Actor("officer:8", person="siti")

    assert asked(outsider, task("Decide", "head"), procedure, done_by={"Check": {"siti"}}).code == "EF-W001"


def test_the_system_may_and_its_name_alone_does_not_make_one_the_system(procedure, task):
    assert asked(SYSTEM, task("Decide", "head"), procedure, done_by={"Check": {"system"}}).policy == "system"
    assert not asked(Actor("system"), task(), procedure).allowed


@pytest.mark.parametrize(
    ("actor", "policy"),
    [
        (SYSTEM, "system"),
        (CITIZEN, "applicant"),
        (DESK, "role desk"),
        (Actor("a", roles={"administrator"}), "role administrator"),
        (Actor("citizen:18", roles={"citizen"}), "case access"),
        (Actor("officer:3", roles={"other"}), "case access"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_a_case_is_known_to_its_applicant_and_the_offices_of_its_procedure(procedure, record, actor, policy):
    decision = may_read_case(actor, record, procedure)

    assert (decision.policy, decision.allowed) == (policy, policy != "case access")

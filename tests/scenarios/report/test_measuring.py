# SPDX-License-Identifier: Apache-2.0
"""What many cases say together."""

from __future__ import annotations

from egov_flow.report import Outcome, figures


def test_an_outcome_is_the_ends_that_a_completed_case_reached_in_the_diagrams_order(procedure, a_case, entered):
    cases = [a_case("a"), a_case("b"), a_case("c")]
    histories = {
        "a": entered("a", "Start_Request", "End_Refused", "End_InformationGiven"),
        "b": entered("b", "End_Withdrawn"),
        "c": entered("c", "End_Withdrawn"),
    }

    assert figures(procedure, cases, histories).outcomes == (
        Outcome(("End_Withdrawn",), "completed", 2),
        Outcome(("End_InformationGiven", "End_Refused"), "completed", 1),
    )


def test_a_case_that_did_not_complete_counts_by_its_status_whatever_it_reached(procedure, a_case, entered):
    cases = [a_case("a", "running"), a_case("b", "cancelled")]
    found = figures(procedure, cases, {"a": entered("a", "End_InformationGiven"), "b": []})

    assert {(o.ends, o.status) for o in found.outcomes} == {((), "running"), ((), "cancelled")}
    assert found.median_days is None


def test_completed_cases_come_first_then_the_most_frequent(procedure, a_case, entered):
    cases = [a_case("a", "running"), a_case("b", "running"), a_case("c")]

    assert [o.status for o in figures(procedure, cases, {"c": entered("c", "End_Refused")}).outcomes] == ["completed", "running"]


def test_an_end_inside_a_sub_process_is_no_outcome(procedure, a_case, entered):
    found = figures(procedure, [a_case("a")], {"a": entered("a", "End_Examine", "End_Refused")})

    assert found.outcomes[0].ends == ("End_Refused",)


def test_deadlines_are_counted_by_what_became_of_them(procedure, a_case, a_deadline):
    statuses = ["met", "met", "expired", "running", "stopped", "withdrawn"]
    cases = [a_case(str(n), deadlines=[a_deadline("decision", s, days=n, extensions=n % 2)]) for n, s in enumerate(statuses)]
    (decision,) = figures(procedure, cases, {}).deadlines

    assert (decision.met, decision.late, decision.running, decision.withdrawn, decision.extended) == (2, 1, 2, 1, 3)
    assert decision.median_days == 1
    assert decision.is_ours


def test_a_time_that_the_applicant_may_use_is_not_the_agencys_to_keep(procedure, a_case, a_deadline):
    found = figures(procedure, [a_case("a", deadlines=[a_deadline("objection"), a_deadline("objection_answer")])], {})

    assert {d.name: d.is_ours for d in found.deadlines} == {"objection": False, "objection_answer": True}


def test_steps_and_ways_are_counted_over_all_cases(procedure, a_case, entered):
    histories = {"a": entered("a", "Task_Register", "Flow_Registered"), "b": entered("b", "Task_Register", "Task_Register")}
    found = figures(procedure, [a_case("a"), a_case("b", waiting=("Task_Decide", "Task_ExplainDelay"))], histories)

    assert found.counts == {"Task_Register": 3, "Flow_Registered": 1}
    assert found.resting == {"Task_Decide": 1, "Task_ExplainDelay": 1}
    assert found.events == 4


def test_the_median_is_that_of_completed_cases(procedure, a_case):
    cases = [a_case("a", days=2), a_case("b", days=4), a_case("c", days=9), a_case("d", "running", days=90)]

    assert figures(procedure, cases, {}).median_days == 4


def test_no_cases_are_no_fault(procedure):
    found = figures(procedure, [], {})

    assert (found.cases, found.outcomes, found.deadlines) == (0, (), ())

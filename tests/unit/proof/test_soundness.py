# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from egov_flow.proof import prove


def found(procedure):
    return [(c.kind, c.element) for c in prove(procedure).counterexamples]


@pytest.mark.parametrize(
    "lines",
    [
        ["Start > A > End"],
        ["Start > And1 > A > And2 > End", "And1 > B > And2"],
        ["Start > Xor1 > A > Xor2 > End", "Xor1 > B > Xor2"],
        ["Start > Or1 > A > Or2 > C > End", "Or1 > B > Or2"],
        ["Start > Xor1 > A > Xor2 > End", "Xor2 > Xor1"],
        ["Start > Event1 > Message1 > End1", "Event1 > Timer1 > End2"],
        ["Start > And1 > A > End", "And1 > B > End"],
        ["Start > And1 > A > Kill", "And1 > B > End"],
    ],
    ids=["sequence", "parallel", "exclusive", "inclusive", "loop", "events", "branches that end by themselves", "terminate"],
)
def test_a_well_drawn_procedure_is_sound(drawn, lines):
    proof = prove(drawn(*lines))

    assert proof.findings == ()
    assert proof.sound is True


def test_choosing_one_branch_and_waiting_for_both_is_a_deadlock_with_its_way(drawn):
    proof = prove(drawn("Start > Xor1 > A > And2 > C > End", "Xor1 > B > And2"))
    deadlock, dead_task, dead_end = proof.counterexamples

    assert proof.sound is False
    assert (deadlock.kind, deadlock.element, deadlock.path) == ("deadlock", "And2", ("Start", "Xor1", "A", "And2"))
    assert deadlock.flows == ("Flow_Start_Xor1", "Flow_Xor1_A", "Flow_A_And2")
    assert deadlock.finding.code == "EF-V006"
    assert deadlock.text.endswith("Start → Xor1 → A → And2")
    assert [(c.kind, c.element) for c in (dead_task, dead_end)] == [("dead element", "C"), ("dead element", "End")]


def test_branches_side_by_side_that_meet_in_an_exclusive_gateway_do_work_twice(drawn):
    proof = prove(drawn("Start > And1 > A > Xor2 > C > End", "And1 > B > Xor2"))
    (double,) = proof.counterexamples

    assert (proof.sound, double.kind, double.element) == (False, "improper completion", "C")
    assert sorted(double.path) == ["A", "And1", "B", "C", "C", "Start", "Xor2", "Xor2"]


@pytest.mark.parametrize("element", ["Script", "Throw", "Note"], ids=["a script", "a message", "an abstract task"])
def test_what_is_done_without_resting_is_not_done_twice_either(drawn, element):
    proof = prove(drawn(f"Start > And1 > A > Xor2 > {element} > End", "And1 > B > Xor2"))
    (double,) = proof.counterexamples

    assert (double.kind, double.element) == ("improper completion", element)
    assert double.path.count(element) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ["Start > Xor1 > A > Note > Xor2 > End", "Xor2 > Xor1"],
        ["Start > Xor1 > A > Xor2 > Note > End", "Xor2 > Xor1"],
        ["Start > Xor1 > And2 > A > Xor3 > End", "And2 > Note > End2", "Xor3 > Xor1"],
    ],
    ids=["on the loop", "behind the loop", "beside the loop"],
)
def test_what_a_loop_does_again_is_not_done_twice(drawn, lines):
    assert prove(drawn(*lines)).sound is True


def test_an_inner_loop_starts_a_sub_process_again(drawn):
    inside = {"Sub1": ["StartIn > NoteIn > AIn > EndIn"]}

    assert prove(drawn("Start > Xor1 > Sub1 > Xor2 > End", "Xor2 > Xor1", inside=inside)).sound is True


def test_a_loop_that_makes_tokens_without_end_is_found_and_does_not_run_for_ever(drawn):
    assert found(drawn("Start > Xor1 > A > And2 > End", "And2 > Xor1", "And2 > B > End2")) == [("improper completion", "B")]


def test_a_loop_without_a_way_out_is_a_livelock(drawn):
    proof = prove(drawn("Start > Xor1 > A > Xor2 > Xor1", "Xor2 > B > Xor1"))

    assert [(c.kind, c.element) for c in proof.counterexamples] == [("livelock", "A")]
    assert proof.sound is False


def test_a_loop_beside_a_join_that_never_completes_is_a_livelock(drawn):
    lines = [
        "Start > And1 > Xor1 > A > Xor2 > And3 > End",
        "Xor2 > Xor1",
        "And1 > B > Xor4 > And3",
        "Xor4 > C > Event5 > Message5 > C2 > Xor6",
        "Xor6 > C3 > Xor6",
    ]

    assert "livelock" in [kind for kind, _ in found(drawn(*lines))]


def test_a_loop_without_a_stop_is_explored_too(drawn):
    proof = prove(drawn("Start > Xor1 > Script > Xor2 > A > End", "Xor2 > Xor1"))

    assert (proof.sound, proof.findings) == (True, ())


def test_a_loop_without_a_stop_and_without_a_way_out_is_a_livelock(drawn):
    assert found(drawn("Start > Xor1 > A > End", "Xor1 > Xor2 > Script > Xor2"))[0][0] == "livelock"


def test_a_loop_without_a_stop_that_makes_tokens_is_found(drawn):
    kinds = {kind for kind, _ in found(drawn("Start > Xor1 > And2 > A > End", "And2 > Xor1"))}

    assert "improper completion" in kinds


def test_an_element_that_no_flow_leads_to_is_dead(drawn):
    proof = prove(drawn("Start > Xor1 > A > End", "Xor3 > B > Xor1", "B > Xor3"))

    assert ("dead element", "B") in [(c.kind, c.element) for c in proof.counterexamples]
    assert proof.sound is False


def test_what_is_wrong_inside_a_sub_process_is_found(drawn):
    inside = {"Sub1": ["StartIn > XorIn > AIn > AndIn > EndIn", "XorIn > BIn > AndIn"]}

    assert ("deadlock", "AndIn") in found(drawn("Start > Sub1 > End", inside=inside))


def test_an_interrupting_event_takes_its_branch_away_from_the_join(drawn):
    lines = ["Start > And1 > A > And2 > End", "And1 > B > And2", "OnTimer > C > End2"]

    assert found(drawn(*lines, on={"OnTimer": "A"})) == [("deadlock", "And2")]


def test_a_non_interrupting_event_that_joins_the_main_path_does_work_twice(drawn):
    assert found(drawn("Start > A > B > End", "AlsoTimer > B", on={"AlsoTimer": "A"})) == [("improper completion", "B")]


def test_a_deadline_may_expire_whenever_it_is_awaited(drawn):
    procedure = drawn("Start > A > End", "AlsoTimer > Explain > End2", on={"AlsoTimer": "A"}, links=[("AlsoTimer", "decision")])

    assert (prove(procedure).sound, prove(procedure).states) == (True, 5)


def test_the_same_procedure_has_the_same_proof(drawn):
    procedure = drawn("Start > Or1 > A > And2 > C > End", "Or1 > B > And2")

    assert prove(procedure) == prove(procedure)

# SPDX-License-Identifier: Apache-2.0
"""What was not looked at is said; silence never means yes."""

from __future__ import annotations

import attrs

from egov_flow.proof import prove

WIDE = ["Start > And1 > A1 > A2 > A3 > And2 > End", "And1 > B1 > B2 > B3 > And2", "And1 > C1 > C2 > C3 > And2"]


def codes(findings):
    return [finding.code for finding in findings]


def test_past_the_bound_nothing_is_claimed(drawn):
    proof = prove(drawn(*WIDE, must=[("exists", "A1")]), states=20)

    assert (proof.sound, proof.findings, codes(proof.not_verified)) == (None, (), ["EF-V020", "EF-V025"])
    assert proof.obligations[0].holds is None
    assert {finding.severity for finding in proof.not_verified} == {"warning"}


def test_within_the_bound_the_same_procedure_is_proved(drawn):
    proof = prove(drawn(*WIDE, must=[("exists", "A1")]))

    assert (proof.sound, proof.obligations[0].holds, proof.states) == (True, True, 4**3)


def test_what_is_wrong_before_the_bound_is_still_found(drawn):
    proof = prove(drawn("Start > Xor0 > And1 > A1 > A2 > And2 > End", "Xor0 > And2", "And1 > B1 > B2 > And2"), states=4)

    assert (proof.sound, codes(proof.not_verified)) == (False, ["EF-V020"])
    assert "deadlock" in [c.kind for c in proof.counterexamples]


def test_many_ways_out_of_one_element_count_against_the_bound(drawn):
    branches = [f"Or1 > T{n} > Or2" for n in range(20)]

    assert prove(drawn("Start > Or1", *branches, "Or2 > End"), states=50).sound is None


def test_what_cannot_be_executed_is_not_proved_and_says_why(drawn):
    procedure = drawn("Start > A > End", must=[("exists", "A")])
    proof = prove(attrs.evolve(procedure, process_id="Nothing"))

    assert (proof.sound, proof.states, proof.obligations[0].holds) == (None, 0, None)
    assert codes(proof.not_verified)[0] == "EF-V021"
    assert len(proof.not_verified) > 1


def test_an_event_that_repeats_on_a_path_of_its_own_is_verified(drawn):
    proof = prove(drawn("Start > A > End", "AlsoMessage > Read > Xor1 > End2", "Xor1 > File > End3", on={"AlsoMessage": "A"}))

    assert (proof.sound, proof.not_verified) == (True, ())


def test_an_event_that_repeats_into_a_join_is_not_verified(drawn):
    proof = prove(drawn("Start > A > Xor1 > End", "AlsoMessage > Read > Xor1", on={"AlsoMessage": "A"}))

    assert (proof.sound, codes(proof.not_verified), proof.not_verified[0].element) == (None, ["EF-V023"], "AlsoMessage")

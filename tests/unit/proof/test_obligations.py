# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from egov_flow.proof import prove


def verdict(procedure):
    (found,) = prove(procedure).obligations
    return found


def test_what_every_way_to_the_end_passes_exists(drawn):
    assert verdict(drawn("Start > Xor1 > A > Xor2 > B > End", "Xor1 > C > Xor2", must=[("exists", "B")])).holds is True


def test_a_way_around_it_breaks_exists_and_is_the_witness(drawn):
    broken = verdict(drawn("Start > Xor1 > A > B > Xor2 > End", "Xor1 > C > Xor2", must=[("exists", "A", "B")]))

    assert (broken.holds, broken.witness) == (False, ("Start", "Xor1", "C", "Xor2", "End"))
    assert broken.finding.code == "EF-V010"
    assert "without completing A: Start → Xor1 → C" in broken.finding.message()


def test_an_interrupted_task_was_not_completed(drawn):
    procedure = drawn("Start > A > End", "OnTimer > End2", on={"OnTimer": "A"}, must=[("exists", "A")])

    assert verdict(procedure).witness == ("Start", "A", "OnTimer", "End2")


def test_a_case_that_is_terminated_ends_too(drawn):
    assert verdict(drawn("Start > And1 > A > End", "And1 > B > Kill", must=[("exists", "A")])).holds is False


def test_what_always_comes_first_is_before(drawn):
    assert verdict(drawn("Start > A > Xor1 > B > End", "Xor1 > C > End", must=[("before", "A", "B")])).holds is True


@pytest.mark.parametrize(
    ("lines", "witness"),
    [
        (["Start > Xor1 > A > Xor2 > B > End", "Xor1 > Xor2"], ("Start", "Xor1", "Xor2", "B")),
        (["Start > And1 > A > And2 > End", "And1 > B > And2"], ("Start", "And1", "A", "B")),
        (["Start > B > A > End"], ("Start", "B")),
    ],
    ids=["a way around", "side by side", "the other way round"],
)
def test_being_entered_first_breaks_before(drawn, lines, witness):
    broken = verdict(drawn(*lines, must=[("before", "A", "B")]))

    assert (broken.holds, broken.witness, broken.finding.code) == (False, witness, "EF-V011")


def test_within_one_step_the_order_counts(drawn):
    assert verdict(drawn("Start > Script1 > Script2 > A > End", must=[("before", "Script1", "Script2")])).holds is True
    assert verdict(drawn("Start > Script2 > Script1 > A > End", must=[("before", "Script1", "Script2")])).holds is False


def test_before_chains_pairs(drawn):
    assert verdict(drawn("Start > A > B > C > End", must=[("before", "A", "B", "C")])).holds is True
    assert verdict(drawn("Start > A > C > B > End", must=[("before", "A", "B", "C")])).holds is False


@pytest.mark.parametrize(
    ("must", "code"),
    [(("responds", "A", "B"), "EF-V022"), (("exists", "Gone"), "EF-V024"), (("before", "A"), "EF-V024"), (("exists",), "EF-V024")],
    ids=["another kind", "no such element", "one element", "no element"],
)
def test_what_cannot_be_proved_is_not_verified(drawn, must, code):
    unknown = verdict(drawn("Start > A > B > End", must=[must]))

    assert (unknown.holds, unknown.finding.code, unknown.finding.severity) == (None, code, "warning")


def test_a_broken_obligation_breaks_the_law_and_an_unverified_one_does_not(drawn):
    assert prove(drawn("Start > B > A > End", must=[("before", "A", "B")])).breaks_law is True
    assert prove(drawn("Start > B > A > End", must=[("responds", "A", "B")])).breaks_law is False


def test_an_unsound_procedure_can_still_break_an_obligation(drawn):
    proof = prove(drawn("Start > Xor1 > A > And2 > End", "Xor1 > B > And2", "Xor1 > C > End2", must=[("exists", "A")]))

    assert (proof.sound, proof.obligations[0].holds) == (False, False)


def test_two_persons_are_kept_apart_by_the_desk_where_both_elements_are_work_of_persons(drawn):
    assert verdict(drawn("Start > A > B > End", must=[("not_same_person", "A", "B")])).holds is True
    assert verdict(drawn("Start > A > Job > End", must=[("not_same_person", "A", "Job")])).holds is None

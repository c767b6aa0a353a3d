# SPDX-License-Identifier: Apache-2.0
"""Proof knows what the kernel executes: calls, event sub-processes, errors of jobs, instances, loops and processes that call themselves."""

from __future__ import annotations

import pytest
from tests.corners.drawing import bpmn

from egov_flow.procedure import read_files
from egov_flow.proof import Proof, prove


def proved(text: str, states: int = 2000) -> Proof:
    return prove(read_files([("process.bpmn", bpmn(text).encode())], "drawing"), states=states)


SOUND = {
    "a call": "start s\ncall c | calls Q\nuser b\ns > c\nc > b\nprocess Q {\nstart q\nuser a\nq > a\n}",
    "an event sub-process beside": "start s\nuser w\ns > w\nesp e {\nstart i | keeps | message M\nuser h\ni > h\n}",
    "an event sub-process that interrupts": "start s\nuser w\ns > w\nesp e {\nstart i | signal S\nuser h\ni > h\n}",
    "an error that a job may report": "start s\nservice a | handler h\nboundary b | on a | error E\nuser c\nuser d\ns > a\na > c\nb > d",
    "several instances": "start s\nuser a | each xs | as x\nuser b\ns > a\na > b",
    "a loop without rest": "start s\ntask a | while n < 3\nuser b\ns > a\na > b",
    "a condition": "start s\nuser a\nboundary b | on a | keeps | when n > 3\nuser c\ns > a\nb > c",
    "one of several triggers": "start s\ncatch c | message M | timer PT1H | signal S | when n > 3\nuser a\ns > c\nc > a",
    "all of several triggers": "start s\ncatch c | together | message M | timer PT1H | signal S | when n > 3\nuser a\ns > c\nc > a",
    "several triggers beside, again and again": "start s\nuser a\nboundary b | on a | keeps | together | message M | signal S\nuser c\ns > a\nb > c",
    "several things thrown": "start s\nand g\nthrow t | message M | signal S\ncatch c | signal S\nuser a\ns > g\ng > t\ng > c\nc > a",
    "a receive task that begins": "receive r | message M | instantiate\nuser a\nr > a",
    "an event-based gateway that begins": "events g | instantiate\ncatch c | message M\ncatch d | timer PT1H\nuser a\ng > c\ng > d\nc > a\nd > a",
    "a parallel one": "events g | instantiate | kind Parallel\ncatch c | message M\ncatch d | message N\nand j\nuser a\n"
    "g > c\ng > d\nc > j\nd > j\nj > a",
    "a complex gateway": (
        "start s\nand g\nuser a\nuser b\nuser c\nuser d\ncomplex j | activates activationCount >= 2\ns > g\ng > a\ng > b\ng > c\na > j\nb > j\nc > j\nj > d"
    ),
    "an error that undoes": (
        "start s\nsub p {\nstart i\nuser a\nboundary ca | on a | compensate\nuser u | undoes\nca ~ u\nxor x\nend e | error E\nend f\ni > a\na > x\n"
        "x > e : n > 1\nx > f : default\n}\nboundary b | on p | error E\nuser l\ns > p\nb > l"
    ),
    "activities that people begin": "start s\nadhoc p | until done {\nuser a\nuser b\nuser c\ntask d\na > b\nc > b\nb > d\n}\nuser n\ns > p\np > n",
    "one that waits for what runs": "start s\nadhoc p | until done | cancels false {\nuser a\nuser b\na > b\n}\nuser n\ns > p\np > n",
    "activities until somebody ends them": "start s\nadhoc p {\nuser a\nuser b\nuser c\na > b\n}\nuser n\ns > p\np > n",
    "a loop of what can be compensated": (
        "start s\nxor m\nuser a\nboundary ca | on a | compensate\nuser u | undoes\nca ~ u\nxor x\nthrow t | compensate\nend e\ns > m\nm > a\na > x\n"
        "x > m : n > 1\nx > t : default\nt > e"
    ),
    "rounds of it": (
        "start s\nsub p | while n < 3 {\nstart i\nuser a\nboundary ca | on a | compensate\nscript u | undoes | is n + 1\nca ~ u\ni > a\n}\n"
        "throw t | compensate p\ns > p\np > t"
    ),
    "an escalation that is thrown again and again": (
        "start s\nsub p {\nstart i\nxor m\nthrow t | escalation E\nuser a\nxor x\nend e\ni > m\nm > t\nt > a\na > x\nx > m : n > 1\nx > e : default\n}\n"
        "boundary b | on p | escalation E | keeps\nuser h\nb > h\ns > p"
    ),
    "links": "start s\nthrow t | link L\ncatch c | link L\nuser a\ns > t\nc > a",
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_sound_is_proved(name: str) -> None:
    proof = proved(SOUND[name])

    assert (proof.sound, proof.counterexamples, proof.not_verified) == (True, (), ())


def test_a_deadlock_inside_a_called_process_is_found() -> None:
    proof = proved(
        "start s\ncall c | calls Q\ns > c\nprocess Q {\nstart q\nxor x\nuser a\nuser b\nand j\nuser d\n"
        "q > x\nx > a : n = 1\nx > b : default\na > j\nb > j\nj > d\n}"
    )

    assert ("deadlock", "j") in {(c.kind, c.finding.element) for c in proof.counterexamples}


def test_an_error_that_nothing_catches_is_an_incident() -> None:
    kinds = {(c.kind, c.finding.element) for c in proved("start s\nend x | error E\ns > x").counterexamples}

    assert ("incident", "x") in kinds


def test_a_boundary_event_for_an_error_that_nobody_throws_is_dead() -> None:
    proof = proved("start s\nuser a\nboundary b | on a | error E\nuser c\ns > a\nb > c")

    assert {c.finding.element for c in proof.counterexamples if c.kind == "dead element"} == {"b", "c"}


@pytest.mark.parametrize(
    "text",
    [
        "start s\nsub a | instances 2 {\nstart i\nuser b\nend x | error E\ni > b\nb > x\n}\nboundary t | on a | error E\nuser h\nend e\ns > a\na > e\nt > h",
        "start s\nuser a | instances 2 | first_throws error E\nboundary t | on a | error E\nuser h\nend e\ns > a\na > e\nt > h",
        "start s\nuser a | instances 2 | all_throw escalation E\nboundary t | on a | escalation E\nuser h\nend e\ns > a\na > e\nt > h",
        "start s\nuser a | instances 2 | all_throw escalation E\nboundary t | on a | escalation E | keeps\nuser h\nend e\ns > a\na > e\nt > h",
        "start s\nand g\nuser a | instances 2 | all_throw signal S\ncatch c | signal S\nuser z\ns > g\ng > a\ng > c\nc > z",
    ],
)
def test_one_instance_stands_for_those_whose_throws_do_not_add_up(text: str) -> None:
    proof = proved(text)

    assert [(c.kind, c.finding.element) for c in proof.counterexamples if c.kind != "dead element"] == []
    assert proof.not_verified == ()


@pytest.mark.parametrize(
    "text",
    [
        (
            "start s\nuser a | instances 2 | all_throw escalation E\nboundary t | on a | escalation E | keeps\nuser h\nxor m\nuser n\n"
            "s > a\na > m\nt > h\nh > m\nm > n"
        ),
        (
            "start s\nsub p {\nstart i\nsub a | instances 2 {\nstart k\nuser b\nboundary cb | on b | compensate\nuser u | undoes\ncb ~ u\n"
            "end x | error E\nk > b\nb > x\n}\ni > a\n}\nboundary t | on p | error E\nuser h\ns > p\nt > h"
        ),
    ],
)
def test_instances_whose_throws_add_up_are_not_verified_and_nothing_is_dead_then(text: str) -> None:
    proof = proved(text)

    assert "EF-V026" in [f.code for f in proof.not_verified]
    assert "dead element" not in {c.kind for c in proof.counterexamples}


GATHER = "start s\nand g\nuser a\nuser b\ncomplex j | activates {}\nuser d\ns > g\ng > a\ng > b\na > j\nb > j\nj > d"


def test_a_gateway_that_only_data_activate_is_not_verified() -> None:
    proof = proved(GATHER.format("activationCount >= 1 and urgent or activationCount = 2"))

    assert (proof.sound, proof.counterexamples, [(f.code, f.element) for f in proof.not_verified]) == (None, (), [("EF-V029", "j")])


def test_what_is_stuck_beside_such_a_gateway_is_found_all_the_same() -> None:
    proof = proved(
        GATHER.format("urgent") + "\nxor x\nuser v\nuser w\nand k\nuser z\nd > x\nx > v : n = 1\nx > w : default\nv > k\nw > k\nk > z"
    )

    assert ("deadlock", "k") in {(c.kind, c.finding.element) for c in proof.counterexamples}


def test_a_gateway_that_tokens_never_activate_is_stuck() -> None:
    assert ("deadlock", "j") in {(c.kind, c.finding.element) for c in proved(GATHER.format("activationCount > 2")).counterexamples}


def test_an_error_of_a_job_that_nothing_catches_is_no_matter_of_soundness() -> None:
    proof = proved("start s\nservice a | handler h\nuser b\ns > a\na > b")

    assert (proof.sound, proof.counterexamples, proof.not_verified) == (True, (), ())


def test_what_terminates_beside_a_message_ends_the_other_branch() -> None:
    proof = proved("start s\nand g\nuser a\nend x | message M | terminate\nuser b\ns > g\ng > a\ng > b\nb > x")

    assert proof.counterexamples == ()


def test_what_follows_an_activity_that_people_begin_and_waits_for_others_is_not_verified() -> None:
    proof = proved("start s\nadhoc p | until done {\nuser a\nuser b\nand j\nuser c\na > j\nb > j\nj > c\n}\ns > p")

    assert (proof.sound, [(f.code, f.element) for f in proof.not_verified]) == (None, [("EF-V027", "a"), ("EF-V027", "b")])


def test_a_process_that_calls_itself_without_end_is_looked_at_some_times_deep() -> None:
    proof = proved("start s\nuser a\nxor x\ncall c | calls P\nend e\ns > a\na > x\nx > c : n > 1\nx > e : default", states=20_000)

    assert (proof.sound, [f.code for f in proof.not_verified]) == (None, ["EF-V028"])
    assert proof.states < 100


def test_what_escalations_begin_and_leads_back_into_the_flow_is_done_twice() -> None:
    proof = proved(
        "start s\nsub p {\nstart i\nthrow t | escalation E\nthrow r | escalation E\nend e\ni > t\nt > r\nr > e\n}\n"
        "boundary b | on p | escalation E | keeps\nuser h\nuser n\ns > p\nb > h\nh > n\np > n"
    )

    assert ("improper completion", "h") in {(c.kind, c.element) for c in proof.counterexamples}

# SPDX-License-Identifier: Apache-2.0
"""The complex gateway (BPMN 2.0.2 §13.4.5) where nobody knows the data, and where a drawing says too little; how it runs show the corners `complex_…`."""

from datetime import UTC, datetime

import pytest

from egov_flow import kernel, proof
from egov_flow.errors import ConflictError
from egov_flow.values import Command

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def gateway(condition: str) -> str:
    return f"complexGateway j | xml <activationCondition>{condition.replace('>', '&gt;')}</activationCondition>"


def joined(condition: str, rest: str = "j > d") -> str:
    return f"start s\nand g\nuser a\nuser b\nuser d\n{gateway(condition)}\ns > g\ng > a\ng > b\na > j\nb > j\n{rest}"


def after(program, *completed):
    """Return what a case can wait for, data ignored, after some work was completed in every way in which that can turn out."""
    states = [o.step.state for o in kernel.outcomes(program, None, Command(kind="start"), NOW)]
    for element in completed:
        work = [(s, next(r.token for r in kernel.resting(program, s, "work") if r.element == element)) for s in states]
        states = [o.step.state for s, t in work for o in kernel.outcomes(program, s, Command(kind="complete", target=str(t)), NOW)]
    return [sorted(kernel.view(program, state).waiting) for state in states]


def test_a_condition_that_only_counts_is_certain_when_data_is_ignored(drawn):
    program = drawn(joined("activationCount >= 2")).program

    assert after(program, "a") == [["b", "j"]]
    assert after(program, "a", "b") == [["d"]]


def test_a_condition_on_data_may_hold_or_not_when_data_is_ignored(drawn):
    assert after(drawn(joined("activationCount >= 1 and urgent")).program, "a") == [["b", "d"], ["b", "j"]]


def test_a_condition_on_data_may_come_true_when_something_else_is_done(drawn):
    program = drawn(joined("a_j.activationCount >= 1 and urgent", "user x\ng > x\nj > d")).program

    assert after(program, "a", "x") == [["b", "d"], ["b", "d"], ["b", "j"]]


def test_the_clock_is_data_too(drawn):
    program = drawn(joined('activationCount >= 1 and today() > date("2026-01-01")')).program

    assert after(program, "a") == [["b", "d"], ["b", "j"]]


def test_flows_that_ask_the_state_only_are_certain_when_data_is_ignored(drawn):
    program = drawn(joined("activationCount >= 1", "user e\nj > d : waitingForStart\nj > e : not(waitingForStart)")).program

    assert after(program, "a", "b") == [["d", "e"]]


def test_flows_that_look_at_data_may_be_taken_or_not_at_the_reset_too(drawn):
    program = drawn(joined("activationCount >= 1", "user e\nj > d : waitingForStart\nj > e : n > 1")).program

    assert after(program, "a", "b") == [["d", "e", "e"], ["d", "e"], ["d", "e"], ["d"]]


def test_an_open_condition_is_chosen(drawing):
    text = joined("").replace("<activationCondition></activationCondition>", "<documentation/>")
    program = kernel.compile(drawing(text), conditions="free")

    assert [f.code for f in kernel.refusals(drawing(text))] == ["EF-K005"]
    assert after(program, "a") == [["b", "d"], ["b", "j"]]


def test_two_of_three_is_proven_sound(drawing):
    text = joined("activationCount >= 2", "user c\ng > c\nc > j\nend e\nj > d\nd > e")

    assert proof.prove(drawing(text)).sound


def test_a_condition_that_waits_for_more_than_can_come_is_found_by_the_proof(drawing):
    assert not proof.prove(drawing(joined("activationCount >= 3"))).sound


@pytest.mark.parametrize(("condition", "noted"), [("n > 1", ["EF-K091"]), ("waitingForStart and n > 1", [])])
def test_a_condition_that_does_not_ask_for_the_state_is_noted(drawing, condition, noted):
    found = kernel.refusals(drawing(joined("activationCount >= 1", f"j > d : {condition}\nuser e\nj > e : not(waitingForStart)")))

    assert [(f.code, f.severity) for f in found] == [(code, "warning") for code in noted]


def test_one_that_only_splits_asks_its_conditions_once(drawing):
    assert kernel.refusals(drawing("start s\ncomplexGateway j\nuser a\nuser b\ns > j\nj > a : n > 1\nj > b : n > 2")) == ()


def test_a_token_is_moved_into_it_over_a_flow_that_is_named(drawn):
    story = drawn(joined("activationCount >= 2")).start()

    with pytest.raises(ConflictError, match="EF-K218"):
        story.do("move", story.token("a"), to="j")
    assert story.do("move", story.token("a"), to="j", flow="a_j").waiting == ["b", "j"]

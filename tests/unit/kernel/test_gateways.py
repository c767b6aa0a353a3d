# SPDX-License-Identifier: Apache-2.0
"""Exclusive and parallel gateways, default flows, and splits and merges without a gateway (BPMN 2.0.2 §13.4.1, §13.4.2, §13.3.2)."""

import pytest

FORK = "start s\nand f\nuser a\nuser b\nand j\nend e\ns > f\nf > a\nf > b\na > j\nb > j\nj > e"


@pytest.mark.parametrize(("amount", "expected"), [(10, "small"), (100, "middle"), (1000, "large")])
def test_an_exclusive_gateway_takes_the_first_flow_whose_condition_holds(drawn, amount, expected):
    """§13.4.2: conditions are evaluated in order and the first true one determines the flow."""
    text = """start s
    xor g | default g_large
    user small
    user middle
    user large
    s > g
    g > small : amount < 50
    g > middle : amount < 500
    g > large"""

    assert drawn(text).start({"amount": amount}).waiting == [expected]


def test_conditions_behind_the_first_true_one_are_not_evaluated(drawn):
    story = drawn("start s\nxor g\nuser a\nuser b\ns > g\ng > a : true\ng > b : missing > 1").start()

    assert story.waiting == ["a"]


def test_the_default_flow_is_taken_when_no_condition_holds(told):
    story = told("default_flow").start()
    element = story.waiting[0]
    story.complete(element, {"risk": "none of the drawn ones", "amount": 0, "complete": False})

    assert story.status in ("running", "completed")
    assert story.incidents == []


def test_a_parallel_gateway_takes_every_flow_and_waits_for_every_flow(drawn):
    """§13.4.1: one token on each outgoing flow; one token from each incoming flow."""
    story = drawn(FORK).start()
    assert story.waiting == ["a", "b"]

    story.complete("a")
    assert story.waiting == ["b", "j"]

    assert story.complete("b").status == "completed"


def test_tokens_over_a_parallel_join_needs_stay_at_it(drawn):
    """§13.4.1: excess tokens remain at the gateway. Two tokens over `a`, one over `b`: the join fires once and keeps one."""
    text = "start s\nand f\nuser a\nuser x\nuser b\nand j\nuser c\nend e\ns > f\nf > a\nf > x\nf > b\nx > a\na > j\nb > j\nj > c\nc > e"
    story = drawn(text).start().complete("a").complete("x").complete("a").complete("b")
    assert story.waiting == ["c", "j"]

    story.complete("c")

    assert story.incidents == [("j", "stuck")]


def test_several_flows_out_of_an_activity_are_a_parallel_split(drawn):
    """§13.3.2: an activity with several unconditional outgoing flows places a token on each."""
    story = drawn("start s\nuser a\nuser b\nuser c\ns > a\na > b\na > c").start().complete("a")

    assert story.waiting == ["b", "c"]


def test_several_flows_into_an_activity_are_a_merge_without_waiting(drawn):
    """§13.3.2: every token that arrives performs the activity."""
    story = drawn("start s\nand f\nuser a\nuser b\nuser c\nend e\ns > f\nf > a\nf > b\na > c\nb > c\nc > e").start()
    story.complete("a").complete("b")
    assert story.waiting == ["c", "c"]

    assert story.complete("c").complete("c").status == "completed"


def test_conditional_flows_out_of_an_activity_are_an_inclusive_split(drawn):
    """§13.3.2: each flow whose condition holds is taken; the default one only if none does."""
    text = "start s\nuser a | default a_d\nuser b\nuser c\nuser d\ns > a\na > b : x > 1\na > c : x > 2\na > d"

    assert drawn(text).start().complete("a", {"x": 3}).waiting == ["b", "c"]
    assert drawn(text).start().complete("a", {"x": 2}).waiting == ["b"]
    assert drawn(text).start().complete("a", {"x": 0}).waiting == ["d"]


def test_an_unconditional_flow_beside_conditional_ones_is_always_taken(drawn):
    text = "start s\nuser a\nuser b\nuser c\ns > a\na > b : x > 1\na > c"

    assert drawn(text).start().complete("a", {"x": 0}).waiting == ["c"]
    assert drawn(text).start().complete("a", {"x": 2}).waiting == ["b", "c"]


def test_a_condition_may_stand_in_procedure_yaml(drawn):
    text = "start s\nxor g | default g_b\nuser a\nuser b\ns > g\ng > a\ng > b"
    story = drawn(text, "procedure: demo\nlinks:\n  g_a: {condition: x > 1}\n")

    assert story.start({"x": 2}).waiting == ["a"]


def test_a_token_that_no_flow_leads_on_is_gone(drawn):
    """§13.3.2, implicit end: a path that just stops ends there."""
    assert drawn("start s\nuser a\ns > a").start().complete("a").status == "completed"


def test_a_loop_through_an_exclusive_gateway_goes_round(told):
    story = told("loop").start()
    story.complete("Task_Check", {"complete": False})

    assert story.status == "running"
    assert story.waiting

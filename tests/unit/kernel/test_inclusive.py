# SPDX-License-Identifier: Apache-2.0
"""The inclusive gateway (BPMN 2.0.2 §13.4.3): it waits for every token that may still come, wherever it is, and for no other."""

import pytest

SPLIT = """start s
or g | default g_d
user a
user b
user d
or j
user after
s > g
g > a : x >= 1
g > b : x >= 2
g > d
a > j
b > j
d > j
j > after"""


@pytest.mark.parametrize(("x", "expected"), [(0, ["d"]), (1, ["a"]), (2, ["a", "b"])])
def test_it_takes_every_flow_whose_condition_holds_or_else_the_default(drawn, x, expected):
    assert drawn(SPLIT).start({"x": x}).waiting == expected


def test_the_join_waits_for_the_branches_that_run_and_for_no_other(drawn):
    story = drawn(SPLIT).start({"x": 2}).complete("a")
    assert story.waiting == ["b", "j"]
    assert story.complete("b").waiting == ["after"]

    assert drawn(SPLIT).start({"x": 1}).complete("a").waiting == ["after"]


def test_the_drawn_example_waits_for_both_opinions(told):
    story = told("inclusive").start({"heritage": True, "traffic": True}).complete("Task_Scope")
    story.complete("Task_Heritage")
    assert "Task_Decide" not in story.waiting

    assert story.complete("Task_Traffic").waiting == ["Task_Decide"]


def test_it_waits_for_a_token_far_upstream(drawn):
    """A token two activities and a loop away still counts."""
    text = """start s
    and f
    user a
    user far
    xor m
    user near
    xor again | default again_j
    or j
    user after
    s > f
    f > a
    f > far
    a > j
    far > m
    m > near
    near > again
    again > m : more
    again > j
    j > after"""
    story = drawn(text).start().complete("a").complete("far").complete("near", {"more": True})
    assert story.waiting == ["j", "near"]

    assert story.complete("near", {"more": False}).waiting == ["after"]


def test_it_does_not_wait_for_a_token_that_took_another_way(drawn):
    text = "start s\nand f\nuser a\nuser b\nxor x | default x_e\nor j\nuser after\nend e\ns > f\nf > a\nf > b\na > j\nb > x\nx > j : back\nx > e\nj > after"
    story = drawn(text).start().complete("a")
    assert story.waiting == ["b", "j"]

    assert story.complete("b", {"back": False}).waiting == ["after"]


def test_a_boundary_event_is_reached_from_its_activity(drawn):
    text = "start s\nand f\nuser a\nboundary b | on a | timer P1D\nuser x\nor j\nuser after\nend e\ns > f\nf > a\nf > x\na > e\nb > j\nx > j\nj > after"
    story = drawn(text).start().complete("x")
    assert story.waiting == ["a", "j"]

    assert story.wait(days=1).waiting == ["after"]
    assert drawn(text).start().complete("x").complete("a").waiting == ["after"]


def test_a_token_that_can_reach_a_full_flow_too_does_not_block(drawn):
    """The green rule of §13.4.3: the token at `b` can reach the empty flow and the one that holds a token already; it is not waited for."""
    text = """start s
    and f
    xor m
    user a
    user b
    xor x | default x_m
    or j
    user after
    s > f
    f > m
    f > b
    b > x
    x > m
    x > y : y
    xor y
    y > j
    m > a
    a > j
    j > after"""
    story = drawn(text).start({"y": False}).complete("a")

    assert story.waiting == ["after", "b"]


def test_two_joins_that_wait_for_each_other_are_an_incident_and_never_silence(drawn):
    """§13.4.3 read to the letter blocks a vicious circle for ever; the case says so."""
    text = """start s
    and f
    or j1
    or j2
    user a
    user b
    xor x | default x_e
    xor z | default z_e
    end e
    s > f
    f > j1
    f > j2
    j1 > x
    x > j2 : back
    x > e
    j2 > z
    z > j1 : back
    z > e"""
    story = drawn(text).start({"back": True})

    assert story.incidents == [("j1", "stuck"), ("j2", "stuck")]
    assert story.status == "running"

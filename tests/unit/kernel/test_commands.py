# SPDX-License-Identifier: Apache-2.0
"""What officers may do to a case beside its drawing: correct, suspend, resume, cancel, move."""

import pytest

from egov_flow.errors import AlreadyCompleted, ConflictError, NotFound
from egov_flow.values import WorkChange

FORK = "start s\nand f\nuser a\nuser b\nand j\nuser c\nend e\ns > f\nf > a\nf > b\na > j\nb > j\nj > c\nc > e"


def test_correct_changes_variables_and_nothing_else(drawn):
    story = drawn(FORK).start({"x": 1}).do("correct", "", {"x": 2})

    assert (story.variables, story.waiting) == ({"x": 2}, ["a", "b"])
    assert story.happened() == ["corrected P"]


def test_a_suspended_case_takes_only_resume_and_cancel(drawn):
    story = drawn(FORK).start().do("suspend")
    assert story.status == "suspended"
    for kind in ("complete", "due", "expire", "report", "send", "retry", "correct", "move", "suspend"):
        with pytest.raises(ConflictError, match="EF-K203"):
            story.do(kind, 2)

    assert story.do("resume").complete("a").complete("b").waiting == ["c"]
    with pytest.raises(ConflictError, match="EF-K219"):
        story.do("resume")


def test_a_timer_that_came_due_while_suspended_fires_afterwards(drawn):
    story = drawn("start s\ncatch c | timer PT1H\nend e\ns > c\nc > e").start().do("suspend").do("resume")

    assert story.wait(hours=5).status == "completed"


@pytest.mark.parametrize("first", ["suspend", "correct"])
def test_cancel_withdraws_everything_that_is_open(drawn, first):
    story = drawn(FORK).start({"x": 1}).do(first)
    tokens = [story.token("a"), story.token("b")]
    story.do("cancel")

    assert (story.status, story.waiting, story.variables) == ("cancelled", [], {"x": 1})
    assert story.last.work == tuple(WorkChange("withdrawn", t, e) for t, e in zip(tokens, "ab", strict=True))
    with pytest.raises(AlreadyCompleted):
        story.do("resume")


def test_cancel_closes_incidents_and_waits_inside_subprocesses(drawn):
    text = "start s\nsub p {\nservice a | handler h\ncatch c | timer PT1H\n}\ns > p"
    story = drawn(text).start().report("a", outcome="failure").do("cancel")

    assert [i.closed for i in story.last.incidents] == [story.now]
    assert [t.due for t in story.last.timers] == [None]
    assert story.state.waits == {}


def test_a_token_can_be_moved_to_another_element_of_its_scope(drawn):
    story = drawn(FORK).start()
    token = story.token("a")
    story.do("move", token, to="c")

    assert story.waiting == ["b", "c"]
    assert story.happened("moved", "withdrawn", "entered") == ["moved a", "withdrawn a", "entered c"]
    with pytest.raises(AlreadyCompleted):
        story.do("complete", token)


def test_into_a_join_it_arrives_over_the_flow_that_is_named(drawn):
    story = drawn(FORK).start()
    with pytest.raises(ConflictError, match="EF-K218"):
        story.do("move", story.token("a"), to="j")
    with pytest.raises(NotFound, match="EF-K223"):
        story.do("move", story.token("a"), to="j", flow="s_f")

    assert story.do("move", story.token("a"), to="j", flow="a_j").complete("b").waiting == ["c"]


def test_a_subprocess_is_moved_with_all_that_is_inside(drawn):
    text = "start s\nsub p {\nuser a\n}\nuser b\ns > p\np > b"
    story = drawn(text).start()
    story.do("move", story.token("p"), to="b")

    assert (story.waiting, len(story.state.scopes)) == (["b"], 1)


@pytest.mark.parametrize("target", ["nowhere", "inside", "boundary", ""])
def test_a_token_is_not_moved_out_of_its_scope_or_onto_a_boundary(drawn, target):
    text = "start s\nuser a\nboundary boundary | on a | timer P1D\nsub p {\nuser inside\n}\ns > a\na > p"
    story = drawn(text).start()

    with pytest.raises(NotFound, match="EF-K217"):
        story.do("move", story.token("a"), to=target)


def test_there_is_no_way_past_an_event_gateway_without_saying_which(drawn):
    text = "start s\nevents g\ncatch c | timer length\ncatch d | message Note\nuser a\nuser b\ns > g\ng > c\ng > d\nc > a\nd > b"
    story = drawn(text).start()
    assert story.incidents == [("g", "timer")]
    with pytest.raises(ConflictError, match="EF-K222"):
        story.do("resolve", story.token("g"), skip=True)

    story.do("resolve", story.token("g"), flow="g_d")
    assert story.waiting == ["d"]


def test_only_a_parked_token_is_retried_or_resolved(drawn):
    story = drawn(FORK).start()
    for kind in ("retry", "resolve"):
        with pytest.raises(ConflictError, match="EF-K208"):
            story.do(kind, story.token("a"))

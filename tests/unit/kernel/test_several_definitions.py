# SPDX-License-Identifier: Apache-2.0
"""Events with several definitions (BPMN 2.0.2 §10.5.2 to §10.5.4): what is awaited, what came, and what the outside is told."""

from datetime import timedelta

import pytest
from tests.corners.drawing import bpmn

from egov_flow import kernel
from egov_flow.errors import ConflictError, InvalidData, NotFound

HOUR = timedelta(hours=1)
ANY = "start s\ncatch c | message M | message N | timer PT1H\nuser a\ns > c\nc > a"
ALL = "start s\ncatch c | parallelMultiple true | message M | message N | timer PT1H\nuser a\ns > c\nc > a"
BESIDE = "start s\nuser w\ns > w\nboundary b | on w | keeps | parallelMultiple true | {}\nuser h\nb > h"
PAIR = "start s | parallelMultiple true | message M | message N\nuser a\ns > a"
KEYED = "start s | together | message M | message N | key number\nuser a\ns > a"


def awaited(story) -> list[tuple[str, str]]:
    return [(w.kind, w.name) for w in kernel.awaited(story.program, story.state)]


def test_whatever_comes_first_ends_the_wait_for_the_others(drawn):
    story = drawn(ANY).start()
    assert awaited(story) == [("message", "M"), ("message", "N"), ("timer", "")]

    story.send("N", {"x": 1})

    assert story.waiting == ["a"]
    assert story.variables["x"] == 1
    assert story.state.waits == {}
    assert [t.due for t in story.last.timers] == [None]
    assert {(w.name, w.open) for w in story.last.waits} == {("M", False), ("N", False)}


def test_what_came_is_awaited_no_more_and_the_rest_still_is(drawn):
    story = drawn(ALL).start().send("M", {"x": 1})

    assert awaited(story) == [("message", "N"), ("timer", "")]
    assert story.happened("came") == ["c"]
    assert [(w.name, w.open) for w in story.last.waits] == [("M", False)]
    assert "x" not in story.variables
    with pytest.raises(NotFound):
        story.send("M")


def test_what_all_brought_becomes_variables_together_and_the_later_counts(drawn):
    story = drawn(ALL).start().send("N", {"x": 1, "y": 1}).wait(hours=1).send("M", {"x": 2})

    assert (story.variables["x"], story.variables["y"]) == (2, 1)
    assert story.state.waits == {}


def test_what_came_is_lost_with_the_token_that_waits(drawn):
    story = drawn(ALL).start().send("M", {"x": 1})
    story.do("move", story.token("c"), to="a")

    assert (story.waiting, story.state.waits, dict(story.variables)) == (["a"], {}, {})


def test_an_event_beside_its_activity_waits_for_all_again(drawn):
    story = drawn(BESIDE.format("message M | message N")).start().send("M").send("N")

    assert awaited(story) == [("message", "M"), ("message", "N")]
    assert story.send("N").send("M").waiting == ["h", "h", "w"]


def test_it_is_awaited_no_more_once_a_time_that_comes_once_was_among_them(drawn):
    story = drawn(BESIDE.format("message M | timer PT1H")).start().wait(hours=1).send("M")

    assert (story.waiting, awaited(story)) == (["h", "w"], [])


def test_a_deadline_among_them_expires_once(drawn):
    more = "procedure: demo\nlinks:\n  b: {expires: answer}\ndeadlines:\n  answer: {amount: 3, unit: working days, ends: [{element: w}]}\n"
    story = drawn(BESIDE.format("message M | xml <timerEventDefinition/>"), more).start().send("M")
    story.do("expire", "answer")

    assert (story.waiting, awaited(story)) == (["h", "w"], [])


def test_a_cycle_goes_on_and_ticks_meanwhile_are_missed(drawn):
    story = drawn(BESIDE.format("message M | cycle R3/PT1H")).start().wait(hours=1)
    story.now += HOUR
    story.send("M")

    (timer,) = [w for w in kernel.awaited(story.program, story.state) if w.kind == "timer"]
    assert timer.due == story.now + HOUR, "the tick at two o'clock was missed, the third is the last"
    assert awaited(story.wait(hours=1)) == [("message", "M")]
    assert awaited(story.send("M")) == []


def test_a_case_may_wait_at_its_start_for_the_other_message(drawn):
    story = drawn(PAIR).do("start", "s", {"x": 1}, message="M")
    assert (story.waiting, awaited(story), story.status) == (["s"], [("message", "N")], "running")

    story.send("N", {"y": 2})

    assert story.waiting == ["a"]
    assert (story.variables["x"], story.variables["y"]) == (1, 2)


def test_a_start_event_does_not_begin_by_a_message_of_another_name(drawn):
    with pytest.raises(NotFound, match="EF-K231"):
        drawn(PAIR).do("start", "s", message="O")


def test_a_case_that_waits_at_its_start_cannot_be_moved_past_it(drawn):
    story = drawn(PAIR).do("start", "s", message="M")

    with pytest.raises(ConflictError, match="EF-K233"):
        story.do("move", story.token("s"), to="a")


def test_the_first_message_must_say_what_correlates_the_others(story_of_xml):
    story = story_of_xml(bpmn(KEYED))
    with pytest.raises(InvalidData, match="EF-K232"):
        story.do("start", "s", message="M")

    story.do("start", "s", {"number": "7"}, message="M")

    assert [(w.name, w.key) for w in kernel.awaited(story.program, story.state)] == [("N", "7")]


def test_of_several_times_each_begins_a_case(drawn):
    program = drawn("start s | timer PT1H | timer PT2H\nuser a\ns > a").program
    since = drawn(PAIR).now

    ticks = kernel.due_starts(program, since, since + 3 * HOUR)

    assert [(t.element, t.part) for t in ticks] == [("s", 0), ("s", 1)]


def test_each_message_has_the_key_of_its_own(story_of_xml):
    text = bpmn("start s\ncatch c | message M | message N\ns > c")
    for name in "MN":
        keyed = f"<extensionElements><zeebe:subscription correlationKey='={name.lower()}'/></extensionElements></message>"
        text = text.replace(f'name="{name}"></message>', f'name="{name}">{keyed}')
    story = story_of_xml(text).start({"m": "1", "n": "2"})

    assert [(w.name, w.key) for w in kernel.awaited(story.program, story.state)] == [("M", "1"), ("N", "2")]


def test_a_state_in_which_something_came_that_nobody_needs_is_no_state(drawn):
    story = drawn(ANY).start()
    first, *others = story.state.waits.values()
    came = {first.id: first._replace(kind="came"), **{w.id: w for w in others}}
    beyond = {first.id: first._replace(part=7), **{w.id: w for w in others}}

    assert kernel.defects(story.program, story.state._replace(waits=came)) == ["a wait waits for nothing"]
    assert kernel.defects(story.program, story.state._replace(waits=beyond)) == ["a wait waits for nothing"]


def test_a_faulty_part_parks_the_token_before_the_event_with_nothing_awaited(drawn):
    story = drawn("start s\ncatch c | message M | timer pause\nuser a\ns > c\nc > a").start()
    assert (story.incidents, story.state.waits) == ([("c", "timer")], {})

    story.do("retry", story.incident_token(), {"pause": "PT1H"})

    assert awaited(story) == [("message", "M"), ("timer", "")]


MIXED = "start s | together | message M | signal S | timer PT1H | when n > 3\nuser a\ns > a"


def test_a_message_alone_begins_the_case_that_waits_for_the_rest(story_of_xml):
    story = story_of_xml(bpmn(MIXED))

    assert [kernel.begun_by(story.program, name) for name in ("M", kernel.SIGNAL + "S")] == [("s",), ()]
    assert kernel.due_starts(story.program, story.now - 9 * HOUR, story.now) == ()
    story.do("start", "s", {"n": 1}, message="M")
    assert awaited(story) == [("signal", "S"), ("timer", ""), ("condition", "")]
    story.do("signal", "S").do("correct", data={"n": 4})
    assert awaited(story) == [("timer", "")]
    story.wait(hours=1)
    assert story.waiting == ["a"]


def test_a_time_that_the_message_does_not_tell_refuses_it(story_of_xml):
    story = story_of_xml(bpmn("start s | together | message M | timer wait\nuser a\ns > a"))

    with pytest.raises(InvalidData, match="EF-K232"):
        story.do("start", "s", message="M")
    story.do("start", "s", {"wait": "PT2H"}, message="M").wait(hours=2)
    assert story.waiting == ["a"]

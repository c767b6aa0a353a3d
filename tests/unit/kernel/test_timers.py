# SPDX-License-Identifier: Apache-2.0
"""Timers (BPMN 2.0.2 §10.5.5, ISO 8601): when they fire, how they repeat, and what becomes of missed ticks."""

from datetime import UTC, datetime, timedelta

import pytest

from egov_flow import kernel
from egov_flow.errors import ConflictError, NotFound


def catching(time):
    return f"start s\ncatch c | {time}\nend e\ns > c\nc > e"


def repeating(cycle):
    return f"start s\nuser a\nboundary b | on a | cycle {cycle} | keeps\nuser r\nend e\ns > a\na > e\nb > r"


@pytest.mark.parametrize(
    ("time", "data", "due"),
    [
        ("timer PT1H", {}, datetime(2026, 1, 5, 10, tzinfo=UTC)),
        ("timer P2W", {}, datetime(2026, 1, 19, 9, tzinfo=UTC)),
        ("timer P1M", {}, datetime(2026, 2, 5, 9, tzinfo=UTC)),
        ('timer = duration("PT" + string(hours) + "H")', {"hours": 3}, datetime(2026, 1, 5, 12, tzinfo=UTC)),
        ("timer length", {"length": "P1D"}, datetime(2026, 1, 6, 9, tzinfo=UTC)),
        ("date 2026-03-01T08:00:00+07:00", {}, datetime(2026, 3, 1, 1, tzinfo=UTC)),
        ("date 2026-03-01T08:00:00", {}, datetime(2026, 3, 1, 8, tzinfo=UTC)),
        ("date day", {"day": "2026-03-01"}, datetime(2026, 3, 1, tzinfo=UTC)),
    ],
)
def test_a_time_is_a_literal_or_feel(drawn, time, data, due):
    story = drawn(catching(time)).start(data)

    assert [t.due for t in story.last.timers] == [due]
    story.now = due
    assert story.do("due").status == "completed"


def test_a_date_without_zone_is_one_of_the_procedures_zone(drawn):
    story = drawn(catching("date 2026-03-01"), "procedure: demo\nzone: Asia/Jakarta\n").start()

    assert story.last.timers[0].due == datetime(2026, 2, 28, 17, tzinfo=UTC)


def test_a_timer_does_not_fire_before_its_time(drawn):
    story = drawn(catching("timer PT1H")).start()
    (wait,) = story.state.waits

    with pytest.raises(ConflictError, match="EF-K214"):
        story.do("due", wait)
    with pytest.raises(ConflictError, match="EF-K215"):
        story.do("due")
    with pytest.raises(NotFound, match="EF-K213"):
        story.do("due", 99)


def test_timers_that_are_due_fire_in_the_order_of_their_times(drawn):
    text = "start s\nand f\ncatch c1 | timer PT2H\ncatch c2 | timer PT1H\nend e\ns > f\nf > c1\nf > c2\nc1 > e\nc2 > e"

    assert drawn(text).start().wait(hours=3).happened("fired") == ["c2", "c1"]


def test_a_timer_that_another_one_has_ended_does_not_fire(drawn):
    text = "start s\nsub p {\ncatch c | timer PT2H\nuser x\nc > x\n}\nboundary b | on p | timer PT1H\nuser other\ns > p\nb > other"
    story = drawn(text).start().wait(hours=3)

    assert (story.waiting, story.happened("fired")) == (["other"], ["b"])


@pytest.mark.parametrize("value", [None, 3, "soon", "P1Y2X"])
def test_a_time_that_is_none_parks_the_token_before_the_event(drawn, value):
    story = drawn(catching("timer length")).start({"length": value})
    assert story.incidents == [("c", "timer")]
    assert story.state.waits == {}

    story.do("retry", story.token("c"), {"length": "PT1H"})
    assert story.incidents == []
    assert story.wait(hours=1).status == "completed"


def test_a_time_beyond_the_year_9999_is_an_incident(drawn):
    assert drawn(catching("timer P9000Y")).start().incidents == [("c", "timer")]


def test_a_faulty_boundary_timer_parks_the_token_before_the_activity(drawn):
    text = "start s\nuser a\nboundary b | on a | timer PT1H\nboundary c | on a | timer length\nend e\ns > a\na > e\nb > e\nc > e"
    story = drawn(text).start()
    assert (story.incidents, story.state.waits, story.last.work) == ([("a", "timer")], {}, ())

    story.do("retry", story.token("a"), {"length": "PT2H"})
    assert len(story.state.waits) == 2
    assert story.wait(hours=1).status == "completed"


def test_a_repeating_timer_ticks_as_often_as_it_says(drawn):
    story = drawn(repeating("R3/P1D")).start()
    for count in (1, 2, 3):
        assert story.wait(days=1).waiting == ["a", *["r"] * count]

    assert story.state.waits == {}


def test_one_without_number_ticks_as_long_as_the_activity_runs(drawn):
    story = drawn(repeating("R/P1D")).start()
    for _ in range(5):
        story.wait(days=1)
    assert story.waiting == ["a", *["r"] * 5]

    assert story.complete("a").state.waits == {}


def test_missed_ticks_fire_once_count_and_are_told(drawn):
    """Policy: a reminder that was due four times while nobody looked is sent once; the schedule stays where it was."""
    story = drawn(repeating("R/P1D")).start().wait(days=4, hours=5)

    assert story.waiting == ["a", "r"]
    assert [o.detail for o in story.last.occurrences if o.kind == "fired"] == ["missed 3"]
    assert [t.due for t in story.last.timers] == [datetime(2026, 1, 10, 9, tzinfo=UTC)]

    assert drawn(repeating("R3/P1D")).start().wait(days=30).state.waits == {}


def test_a_monthly_timer_keeps_its_day_of_the_month(drawn):
    """The n-th tick is counted from the first moment, so that a short month does not shift the later ones."""
    story = drawn(repeating("R/2026-01-31T00:00:00Z/P1M")).start()
    seen = []
    for month, day in ((1, 31), (2, 28), (3, 31), (4, 30)):
        story.now = datetime(2026, month, day, tzinfo=UTC)
        seen.append(kernel.next_due(story.state))
        story.do("due")

    assert [s.day for s in seen] == [31, 28, 31, 30]


def test_missed_months_are_skipped_to_the_next_one_to_come(drawn):
    story = drawn(repeating("R/2026-01-31T00:00:00Z/P1M")).start()
    story.now = datetime(2027, 3, 1, tzinfo=UTC)

    assert kernel.next_due(story.do("due").state) == datetime(2027, 3, 31, tzinfo=UTC)


def test_an_interrupting_repeating_timer_interrupts_at_its_first_tick(drawn):
    text = "start s\nuser a\nboundary b | on a | cycle R3/P1D\nuser r\ns > a\nb > r"

    assert drawn(text).start().wait(days=1).waiting == ["r"]


def test_a_day_has_24_hours_also_when_clocks_change(drawn):
    story = drawn(catching("timer P1D"), "procedure: demo\nzone: Europe/Berlin\n")
    story.now = datetime(2026, 3, 28, 12, tzinfo=UTC)

    assert story.start().last.timers[0].due == story.now + timedelta(days=1)


def test_an_event_linked_to_a_deadline_waits_for_its_expiry_and_not_for_a_time(drawn):
    more = """procedure: demo
deadlines:
  answer: {amount: 10, unit: working days, ends: [{element: a}]}
links:
  b: {expires: answer}
"""
    text = "start s\nuser a\nboundary b | on a | xml <timerEventDefinition/>\nuser late\nend e\ns > a\na > e\nb > late"
    story = drawn(text, more).start()
    assert story.last.timers == ()
    assert [o.detail for o in story.last.occurrences if o.kind == "waiting"] == ["answer"]

    story.do("expire", "answer")

    assert story.waiting == ["late"]
    assert story.happened("expired") == ["P", "b"]


def test_an_expiry_that_nobody_waits_for_is_only_noted(drawn):
    story = drawn("start s\nuser a\nend e\ns > a\na > e").start().do("expire", "answer")

    assert (story.waiting, story.happened("expired")) == (["a"], ["P"])


def test_now_is_the_moment_of_the_step(drawn):
    story = drawn("start s\nscript a | is {at: now(), day: today()}\nend e\ns > a\na > e").start()

    assert story.variables["at"] == story.now
    assert story.variables["day"] == story.now.date()

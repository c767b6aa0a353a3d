# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from egov_flow.deadlines import WeekCalendar, begin, expire, extend, in_time, meet, resume, stop, withdraw
from egov_flow.errors import ConflictError, NotAllowed
from egov_flow.procedure.model import DeadlineRule, Extension

ZONE = "Asia/Jakarta"
WEEK = WeekCalendar()
SEVEN_ONCE = Extension(amount=7, unit="working days", times=1)
DECISION = DeadlineRule(name="decision", amount=10, unit="working days", extension=SEVEN_ONCE)


def at(day, hour=9):
    return datetime.fromisoformat(f"2026-{day}").replace(hour=hour, tzinfo=ZoneInfo(ZONE))


def running(rule=DECISION, day="01-05"):
    return begin(rule, "c1", at(day), WEEK, ZONE)


def last(deadline):
    return (deadline.due - timedelta(seconds=1)).date().isoformat()


def extended(deadline, reason="files in another office", now=None, rule=DECISION):
    return extend(rule, deadline, reason, now=now or at("01-12"), calendar=WEEK, zone=ZONE)


def test_a_deadline_says_what_counted_it():
    deadline = running()

    assert (deadline.status, deadline.calendar, deadline.amount, deadline.unit) == ("running", "week 1", 10, "working days")
    assert last(deadline) == "2026-01-19"


def test_an_extension_counts_on_from_the_last_day():
    deadline = extended(running())

    assert last(deadline) == "2026-01-28"
    assert deadline.days[-1] == "2026-01-28 counted 17"
    assert (deadline.extensions, deadline.reason) == (1, "files in another office")


@pytest.mark.parametrize(
    ("deadline", "reason", "now", "rule", "error"),
    [
        (running(), "why", at("01-12"), attrs.evolve(DECISION, extension=None), "EF-T010"),
        (extended(running()), "again", at("01-13"), DECISION, "EF-T011"),
        (running(), "  ", at("01-12"), DECISION, "EF-T012"),
        (stop(running(), at("01-06")), "why", at("01-12"), DECISION, "EF-T013"),
        (meet(running(), at("01-06")), "why", at("01-12"), DECISION, "EF-T013"),
        (running(), "why", at("01-20", 0), DECISION, "EF-T014"),
    ],
    ids=["no extension", "used up", "no reason", "standing", "met", "run out"],
)
def test_an_extension_that_the_law_does_not_give_is_refused(deadline, reason, now, rule, error):
    with pytest.raises((NotAllowed, ConflictError), match=error):
        extended(deadline, reason, now, rule)


def test_a_reason_is_wanted_only_where_the_law_wants_one():
    rule = attrs.evolve(DECISION, extension=attrs.evolve(SEVEN_ONCE, reason_required=False))

    assert last(extended(running(), "", rule=rule)) == "2026-01-28"


def test_working_days_on_which_the_clock_stood_are_added():
    stopped = stop(running(), at("01-07"))
    deadline = resume(stopped, at("01-13"), WEEK, ZONE)

    assert (stopped.status, stopped.stopped) == ("stopped", at("01-07"))
    assert (deadline.status, deadline.stopped) == ("running", None)
    assert last(deadline) == "2026-01-23"  # stood on 8, 9, 12 and 13 January
    assert "2026-01-08 the clock stood still, not counted" in deadline.days
    assert deadline.days[-1] == "2026-01-23 counted 10"


def test_a_clock_stopped_and_resumed_on_one_day_loses_nothing():
    deadline = running()

    assert resume(stop(deadline, at("01-07", 9)), at("01-07", 16), WEEK, ZONE) == deadline


def test_calendar_days_and_hours_are_moved_by_what_stood():
    days = running(DeadlineRule(name="d", amount=30, unit="calendar days"))
    hours = running(DeadlineRule(name="h", amount=72, unit="hours"))

    assert last(resume(stop(days, at("01-07")), at("01-12"), WEEK, ZONE)) == "2026-02-09"
    assert resume(stop(hours, at("01-06", 9)), at("01-06", 14), WEEK, ZONE).due == hours.due + timedelta(hours=5)


def test_a_clock_stopped_on_its_last_day_ends_with_the_day_it_resumes():
    assert last(resume(stop(running(), at("01-19", 12)), at("01-25"), WEEK, ZONE)) == "2026-01-25"


def test_met_in_time_or_late():
    deadline = running()
    in_good_time = meet(deadline, at("01-19", 23))
    late = meet(expire(deadline, at("01-20", 0)), at("01-21"))
    unnoticed = meet(deadline, at("01-21"))

    assert (in_good_time.status, in_good_time.ended, in_time(in_good_time)) == ("met", at("01-19", 23), True)
    assert (late.status, late.ended, in_time(late)) == ("expired", at("01-21"), False)
    assert unnoticed == late


def test_it_expires_with_the_end_of_the_last_day_and_not_before():
    with pytest.raises(ConflictError, match="EF-T017"):
        expire(running(), at("01-19", 23))

    expired = expire(running(), at("01-20", 0))

    assert (expired.status, expired.ended, in_time(expired)) == ("expired", None, False)


def test_a_standing_clock_does_not_expire():
    with pytest.raises(ConflictError, match="EF-T017"):
        expire(stop(running(), at("01-07")), at("03-01"))


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda: stop(stop(running(), at("01-06")), at("01-07")), "EF-T015"),
        (lambda: stop(running(), at("02-01")), "EF-T014"),
        (lambda: resume(running(), at("01-07"), WEEK, ZONE), "EF-T016"),
        (lambda: meet(meet(running(), at("01-07")), at("01-08")), "EF-T018"),
        (lambda: withdraw(meet(running(), at("01-07")), at("01-08")), "EF-T018"),
    ],
    ids=["stop twice", "stop after the end", "resume what runs", "meet twice", "withdraw what was met"],
)
def test_what_has_happened_does_not_happen_twice(act, error):
    with pytest.raises(ConflictError, match=error):
        act()


def test_an_extension_in_days_of_a_term_in_hours_begins_at_its_end():
    rule = DeadlineRule(name="h", amount=72, unit="hours", extension=Extension(amount=2, unit="working days"))

    assert last(extended(running(rule), now=at("01-06"), rule=rule)) == "2026-01-12"

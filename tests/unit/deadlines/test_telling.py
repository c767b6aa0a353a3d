# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import attrs

from egov_flow.deadlines import WeekCalendar, begin, extend, meet, stop, why
from egov_flow.procedure.model import DeadlineRule, Extension

ZONE = "Asia/Jakarta"
RULE = DeadlineRule(
    name="decision", amount=3, unit="working days", legal_basis=("UU-14-2008-22",), extension=Extension(amount=1, unit="working days")
)
FRIDAY = datetime(2026, 1, 9, 9, tzinfo=ZoneInfo(ZONE))
DEADLINE = begin(RULE, "c1", FRIDAY, WeekCalendar(), ZONE)


def test_why_this_date_tells_rule_law_calendar_and_every_day():
    assert why(DEADLINE) == (
        "decision: 3 working days, counted from 2026-01-09 09:00 +0700; the day itself is not counted",
        "legal basis: UU-14-2008-22 (not verified against the official text)",
        "calendar: week 1",
        "2026-01-10 Saturday, not counted",
        "2026-01-11 Sunday, not counted",
        "2026-01-12 counted 1",
        "2026-01-13 counted 2",
        "2026-01-14 counted 3",
        "it ends at the end of 2026-01-14",
    )


def test_it_is_told_in_indonesian_too():
    lines = why(DEADLINE, "id")

    assert lines[0] == "decision: 3 hari kerja, dihitung sejak 2026-01-09 09:00 +0700; hari itu sendiri tidak dihitung"
    assert lines[3] == "2026-01-10 Sabtu, tidak dihitung"
    assert lines[5] == "2026-01-12 dihitung ke-1"


def test_extension_standing_and_end_are_told():
    now = FRIDAY.replace(day=12)
    longer = extend(RULE, DEADLINE, "many files", now=now, calendar=WeekCalendar(), zone=ZONE)

    assert "extended 1 times; last reason: many files" in why(longer)
    assert "the clock stands since 2026-01-12 09:00 +0700" in why(stop(DEADLINE, now))
    assert why(meet(DEADLINE, now))[-1] == "it would have ended at the end of 2026-01-14; it was met at 2026-01-12 09:00 +0700"
    assert why(meet(DEADLINE, now.replace(day=20)))[-1].startswith("it ended at the end of 2026-01-14; what it asks for was done late")


def test_moments_are_told_in_the_procedures_zone_wherever_they_were_kept():
    kept = attrs.evolve(DEADLINE, opened=DEADLINE.opened.astimezone(UTC), due=DEADLINE.due.astimezone(UTC))

    assert why(kept, zone=ZONE) == why(DEADLINE)
    assert why(kept)[0].endswith("counted from 2026-01-09 02:00 +0000; the day itself is not counted")


def test_a_term_in_hours_ends_to_the_minute():
    hours = begin(DeadlineRule(name="access", amount=72, unit="hours"), "c1", FRIDAY, WeekCalendar(), ZONE)

    assert why(hours)[-1] == "it ends at 2026-01-12 09:00 +0700"

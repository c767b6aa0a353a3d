# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from egov_flow.deadlines import WeekCalendar, due
from egov_flow.errors import InvalidData
from egov_flow.values import WorkingDay

JAKARTA = "Asia/Jakarta"
MONDAY_NINE = datetime(2026, 1, 5, 2, tzinfo=UTC)  # 09:00 in Jakarta


class Never:
    """A calendar without any working day."""

    name, version = "never", "1"

    def day(self, day: date) -> WorkingDay:
        return WorkingDay(day, is_working=False, reason="closed")


def ends(amount, unit, start=MONDAY_NINE, zone=JAKARTA):
    return due(amount, unit, start, WeekCalendar(), zone).due.isoformat()


def test_ten_working_days_skip_weekends_and_do_not_count_the_first_day():
    term = due(10, "working days", MONDAY_NINE, WeekCalendar(), JAKARTA)

    assert term.due.isoformat() == "2026-01-20T00:00:00+07:00"
    assert term.days[0] == "2026-01-06 counted 1"
    assert term.days[4] == "2026-01-10 Saturday, not counted"
    assert term.days[-1] == "2026-01-19 counted 10"


def test_the_day_is_that_of_the_zone_not_of_utc():
    late_on_sunday_utc = datetime(2026, 1, 4, 20, tzinfo=UTC)  # Monday 03:00 in Jakarta

    assert ends(1, "working days", late_on_sunday_utc) == "2026-01-07T00:00:00+07:00"
    assert ends(1, "working days", late_on_sunday_utc, "UTC") == "2026-01-06T00:00:00+00:00"


@pytest.mark.parametrize(
    ("amount", "unit", "end"),
    [
        (1, "calendar days", "2026-01-07T00:00:00+07:00"),
        (5, "calendar days", "2026-01-11T00:00:00+07:00"),
        (8, "weeks", "2026-03-03T00:00:00+07:00"),
        (3, "months", "2026-04-06T00:00:00+07:00"),
        (72, "hours", "2026-01-08T09:00:00+07:00"),
    ],
)
def test_each_unit_ends_where_its_law_says(amount, unit, end):
    assert ends(amount, unit) == end


def test_the_last_calendar_day_stays_on_a_sunday():
    term = due(6, "calendar days", MONDAY_NINE, WeekCalendar(), JAKARTA)

    assert term.due.isoformat() == "2026-01-12T00:00:00+07:00"
    assert term.days == ("2026-01-06 counted 1", "2026-01-11 counted 6 (Sunday)")


def test_a_month_without_that_day_ends_on_its_last():
    assert ends(1, "months", datetime(2026, 1, 31, 5, tzinfo=UTC)) == "2026-03-01T00:00:00+07:00"
    assert ends(13, "months", datetime(2027, 1, 31, 5, tzinfo=UTC)) == "2028-03-01T00:00:00+07:00"


def test_a_day_of_23_hours_is_one_day_and_24_hours_are_24():
    before_the_change = datetime(2026, 3, 28, 11, tzinfo=UTC)  # clocks go forward in Berlin on 29 March

    assert ends(1, "calendar days", before_the_change, "Europe/Berlin") == "2026-03-30T00:00:00+02:00"
    assert ends(24, "hours", before_the_change, "Europe/Berlin") == "2026-03-29T13:00:00+02:00"


@pytest.mark.parametrize(
    ("amount", "unit", "start", "zone", "code"),
    [
        (0, "working days", MONDAY_NINE, JAKARTA, "EF-T001"),
        (10_001, "working days", MONDAY_NINE, JAKARTA, "EF-T001"),
        (1, "fortnights", MONDAY_NINE, JAKARTA, "EF-T002"),
        (1, "hours", datetime(2026, 1, 5), JAKARTA, "EF-T003"),  # noqa: DTZ001 - that is the mistake
        (1, "weeks", MONDAY_NINE, "Asia/Jakata", "EF-T004"),
        (1, "weeks", MONDAY_NINE, "../etc/passwd", "EF-T004"),
    ],
)
def test_what_is_no_term_is_refused(amount, unit, start, zone, code):
    with pytest.raises(InvalidData, match=code):
        due(amount, unit, start, WeekCalendar(), zone)


def test_a_calendar_without_working_days_is_refused_instead_of_counted_for_ever():
    with pytest.raises(InvalidData, match="EF-T005"):
        due(1, "working days", MONDAY_NINE, Never(), JAKARTA)

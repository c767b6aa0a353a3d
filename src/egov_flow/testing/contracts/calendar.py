# SPDX-License-Identifier: Apache-2.0
"""The contract of `ports.Calendar`."""

from __future__ import annotations

from datetime import date, timedelta

from egov_flow.ports import Calendar

__all__ = ["CalendarContract"]

YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


class CalendarContract:
    """Give the suite a fixture `calendar` that knows the year 2026."""

    def test_a_calendar_says_which_one_it_is(self, calendar: Calendar) -> None:
        """Name and version are recorded with each date that it counts."""
        assert calendar.name
        assert calendar.version

    def test_every_day_has_an_answer_about_itself(self, calendar: Calendar) -> None:
        """The day asked for is the day answered."""
        assert [calendar.day(day).day for day in YEAR] == YEAR

    def test_a_day_off_has_a_reason_and_a_working_day_none(self, calendar: Calendar) -> None:
        """Else nobody could answer "why this date?"."""
        answers = [calendar.day(day) for day in YEAR]

        assert [answer.day for answer in answers if answer.is_working == bool(answer.reason)] == []

    def test_there_are_days_of_both_kinds(self, calendar: Calendar) -> None:
        """A year without work or without rest is no calendar."""
        assert {calendar.day(day).is_working for day in YEAR} == {True, False}

    def test_the_answer_does_not_change(self, calendar: Calendar) -> None:
        """A version means something."""
        assert [calendar.day(day) for day in YEAR] == [calendar.day(day) for day in YEAR]

# SPDX-License-Identifier: Apache-2.0
"""Every calendar keeps the port's promises; the holidays of Indonesia are where the library puts them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from egov_flow.deadlines import WeekCalendar, due
from egov_flow.errors import InvalidData
from egov_flow_adapters.holidays_calendar import open_calendar

CALENDARS = [WeekCalendar(), open_calendar("holidays:ID"), open_calendar("holidays:ID+government"), open_calendar("holidays:DE-BY")]


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.name)
def test_a_calendar_names_itself_and_its_version(calendar):
    assert calendar.name
    assert calendar.version


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.name)
def test_a_day_is_a_working_day_or_has_a_reason_and_is_always_the_same(calendar):
    days = [date(2026, 1, 1) + timedelta(n) for n in range(730)]
    seen = [calendar.day(day) for day in days]

    assert [s.day for s in seen] == days
    assert all(s.is_working != bool(s.reason) for s in seen)
    assert seen == [calendar.day(day) for day in days]
    assert 200 < sum(s.is_working for s in seen) / 2 < 265


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 8, 17), "Independence Day"),
        (date(2026, 8, 15), "Saturday"),
        (date(2026, 8, 18), ""),
        (date(2026, 3, 20), ""),  # joint leave is no public holiday
    ],
)
def test_indonesia_rests_on_its_holidays_and_weekends(day, reason):
    assert open_calendar("holidays:ID").day(day).reason == reason


def test_joint_leave_is_kept_by_offices_that_ask_for_it():
    assert open_calendar("holidays:ID+government").day(date(2026, 3, 20)).reason == "Eid al-Fitr Joint Holiday"


def test_an_estimated_holiday_says_so():
    assert open_calendar("holidays:ID").day(date(2027, 3, 10)).reason == "Eid al-Fitr (estimated)"


def test_a_term_over_eid_tells_which_days_it_left_out():
    term = due(10, "working days", datetime(2026, 3, 10, 2, tzinfo=UTC), open_calendar("holidays:ID"), "Asia/Jakarta")

    assert term.due.isoformat() == "2026-03-26T00:00:00+07:00"
    assert "2026-03-19 Day of Silence, not counted" in term.days


@pytest.mark.parametrize("address", ["holidays:", "holidays:id", "holidays:ID/JK", "week", "holidays:ID+"])
def test_an_address_of_another_form_is_refused(address):
    with pytest.raises(InvalidData, match="EF-H001"):
        open_calendar(address)


@pytest.mark.parametrize("address", ["holidays:XX", "holidays:DE-QQ", "holidays:ID+bank"])
def test_what_the_library_does_not_know_is_refused(address):
    with pytest.raises(InvalidData, match="EF-H002"):
        open_calendar(address)


def test_a_year_that_the_library_does_not_know_is_refused_instead_of_taken_as_free_of_holidays():
    with pytest.raises(InvalidData, match="EF-H003"):
        open_calendar("holidays:ID").day(date(2101, 1, 3))

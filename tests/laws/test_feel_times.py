# SPDX-License-Identifier: Apache-2.0
"""Times agree with independent reckoning: Python's calendar inside its years, the Gregorian rules counted out outside them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from egov_flow import feel
from egov_flow.data import YearMonthDuration, zone_named
from egov_flow.feel._wide_arithmetic import comparable, wide_apply

NEAR = st.dates(date(2, 1, 1), date(9998, 12, 31))
SHORT = st.timedeltas(timedelta(days=-300), timedelta(days=300))
ZONES = st.sampled_from(["Asia/Jakarta", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
LOCAL = st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1))  # noqa: DTZ001 - the zone is put on later


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_before(year: int) -> int:
    """Days from 1 January of the year 0 to that of a year, by the rule alone."""
    before = year - 1
    return 365 * year + before // 4 - before // 100 + before // 400 + 1


def days_in(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


@given(NEAR, SHORT)
def test_the_wide_calendar_is_pythons_where_both_reach(day: date, length: timedelta) -> None:
    assert wide_apply("+", day, length) == day + length
    assert wide_apply("-", day, length) == feel.evaluate("day - length", {"day": day, "length": length}) == day + -length
    assert wide_apply("-", day, date(2026, 1, 1)) == day - date(2026, 1, 1)


@given(LOCAL, ZONES, SHORT, st.integers(0, 1))
def test_the_wide_clock_is_pythons_where_both_reach(local: datetime, zone: str, length: timedelta, fold: int) -> None:
    moment = local.replace(tzinfo=zone_named(zone), fold=fold)
    expected = (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)
    found = wide_apply("+", moment, length)
    assert (found, found.fold) == (expected, expected.fold)
    pair = comparable(moment, expected)
    assert pair is not None
    assert pair[1] - pair[0] == length // timedelta(microseconds=1) * 1000


@given(NEAR, st.integers(-1000, 1000))
def test_wide_months_are_those_of_the_near_calendar(day: date, months: int) -> None:
    length = YearMonthDuration(months)
    near = feel.evaluate("string(day + length)", {"day": day, "length": length})
    assert near == feel.evaluate("string(d)", {"d": near}) == str(near)
    far = feel.evaluate('string((date(day.year + 400000, day.month, day.day) + length) - @"P400000Y")', {"day": day, "length": length})
    assert far == near


@given(st.integers(-999_999, 999_999), st.integers(1, 12))
def test_years_and_months_have_the_days_that_the_gregorian_rule_gives(year: int, month: int) -> None:
    scope = {"year": year, "month": month}
    assert feel.evaluate("(date(year + 1, 1, 1) - date(year, 1, 1)).days", scope) == 365 + is_leap(year)
    assert feel.evaluate('(date(year, month, 1) + @"P1M" - date(year, month, 1)).days', scope) == days_in(year, month)
    assert feel.evaluate("(date(year, 1, 1) - date(2000, 1, 1)).days", scope) == days_before(year) - days_before(2000)


@given(st.integers(-999_999, 999_999), st.integers(1, 12), st.integers(1, 31))
def test_there_are_dates_for_the_days_that_a_month_has_and_no_others(year: int, month: int, day: int) -> None:
    scope = {"year": year, "month": month, "day": day}
    assert feel.evaluate("date(year, month, day) != null", scope) is (day <= days_in(year, month))


@given(st.integers(-999_999, 999_999), st.integers(0, 10**15))
def test_nanoseconds_are_added_exactly(seconds: int, nanos: int) -> None:
    text = f"PT{nanos // 10**9}.{nanos % 10**9:09d}S"
    found = feel.evaluate('string((@"2026-01-01T00:00:00Z" + s + duration(n)) - s = @"2026-01-01T00:00:00Z" + duration(n))',
                          {"s": timedelta(seconds=seconds), "n": text})  # fmt: skip
    assert found == "true"

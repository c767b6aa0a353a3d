# SPDX-License-Identifier: Apache-2.0
"""Dates, times, durations, zones and cycles."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from egov_flow import feel
from egov_flow.data import YearMonthDuration
from egov_flow.errors import FeelError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('@"2026-01-31" + @"P1M" = @"2026-02-28"', True),
        ('@"2024-02-29" + @"P1Y" = @"2025-02-28"', True),
        ('@"2026-03-31" - @"P1M" = @"2026-02-28"', True),
        ('@"2026-01-31" + @"P10D" = @"2026-02-10"', True),
        ('@"2026-01-31" + @"PT36H" = @"2026-02-01"', True),
        ('@"P10D" + @"2026-01-31" = @"2026-02-10"', True),
        ('@"2026-02-10" - @"2026-01-31" = @"P10D"', True),
        ('@"23:00:00" + @"PT2H" = @"01:00:00"', True),
        ('@"10:00:00Z" = @"12:00:00+02:00"', True),
        ('@"2026-01-01T00:00:00Z" = @"2026-01-01T07:00:00@Asia/Jakarta"', True),
        ('@"2026-01-01T00:00:00Z" < @"2026-01-01T00:00:00"', None),
        ('@"P1D" / 2 = @"PT12H"', True),
        ('@"P1Y" / @"P1M"', 12),
        ('2 * @"P1Y6M" = @"P3Y"', True),
        ('-@"P1D" = @"-P1D"', True),
        ('@"2026-05-04".weekday', 1),
        ('@"2026-05-04T10:20:30.5Z".second = 30.5', True),
        ('@"-P1DT2H".hours', -2),
        ('@"P1Y6M".months', 6),
        ('@"2026-05-04T10:20:30+07:00".time offset = @"PT7H"', True),
        ('@"2026-05-04T10:20:30@Asia/Jakarta".timezone', "Asia/Jakarta"),
        ('@"2026-05-04".hour', None),
        ('string(@"2026-05-04T10:20:30.500@Asia/Jakarta")', "2026-05-04T10:20:30.5@Asia/Jakarta"),
        ('string(time("10:20:30+07:00"))', "10:20:30+07:00"),
    ],
)
def test_arithmetic_with_dates_and_durations(text: str, value: object) -> None:
    assert feel.evaluate(text) == value


def test_a_day_is_24_hours_of_elapsed_time_also_when_clocks_change() -> None:
    before = '@"2026-03-28T12:00:00@Europe/Berlin"'
    assert feel.evaluate(f'string({before} + @"P1D")') == "2026-03-29T13:00:00@Europe/Berlin"
    assert feel.evaluate(f'string({before} + @"P1M")') == "2026-04-28T12:00:00@Europe/Berlin"
    assert feel.evaluate(f'@"2026-03-29T12:00:00@Europe/Berlin" - {before} = @"PT23H"') is True


def test_the_hour_that_is_repeated_is_two_different_hours() -> None:
    zone = ZoneInfo("Europe/Berlin")
    first, second = datetime(2026, 10, 25, 2, 30, tzinfo=zone), datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=1)
    assert feel.evaluate('a < b and b - a = @"PT1H"', {"a": first, "b": second}) is True


def test_the_first_and_last_moments_can_be_compared_and_are_kept_only_inside_the_calendar() -> None:
    scope = {"first": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), "last": datetime(9999, 12, 31, 23, tzinfo=UTC)}
    assert feel.evaluate("first < last and first = first", scope) is True
    assert feel.evaluate('string(last + @"P1D")', scope) == "10000-01-01T23:00:00Z"
    assert feel.evaluate('string(first - @"PT1S")', scope) == "0000-12-31T23:59:59+14:00"
    for text in ('last + @"P1D"', 'first - @"PT1S"'):
        with pytest.raises(FeelError) as error:
            feel.evaluate(text, scope)
        assert error.value.code == "EF-F018"


def test_now_and_today_read_the_given_instant_and_nothing_else() -> None:
    instant = datetime(2026, 1, 5, 23, 30, tzinfo=timezone(timedelta(hours=7)))
    assert feel.evaluate("now()", now=instant) == instant
    assert feel.evaluate("today()", now=instant) == date(2026, 1, 5)
    for text in ("now()", "1 + count([today()])"):
        with pytest.raises(FeelError) as error:
            feel.evaluate(text)
        assert error.value.code == "EF-F012"


@pytest.mark.parametrize("text", ['time("10:00:00.1234567")', 'date("12026-01-01")', 'duration("PT0.0000001S")', 'date("-0044-03-15")'])
def test_what_cannot_be_kept_exactly_is_refused_and_not_rounded(text: str) -> None:
    with pytest.raises(FeelError) as error:
        feel.evaluate(text)
    assert error.value.code == "EF-F018"


@pytest.mark.parametrize("text", ["2026-02-30", "2026-1-1", "26-01-01", "2026-01-01Z", "", "02026-01-01"])
def test_a_text_that_is_no_date_gives_null(text: str) -> None:
    assert feel.evaluate("date(x)", {"x": text}) is None


@pytest.mark.parametrize("text", ["24:00:00", "10:00", "10:00:60", "10:00:00+15:00", "10:00:00+07", "10:00:00@Mars/Base", "T10:00:00"])
def test_a_text_that_is_no_time_gives_null(text: str) -> None:
    assert feel.evaluate("time(x)", {"x": text}) is None


def test_timers_read_durations() -> None:
    assert feel.parse_duration("PT1H30M") == timedelta(minutes=90)
    assert feel.parse_duration("P2W") == timedelta(days=14)
    assert feel.parse_duration("-P1D") == timedelta(days=-1)
    assert feel.parse_duration("P1Y6M") == YearMonthDuration(18)
    for text in ("P", "PT", "1H", "P1M2D", "P1.5D", "PT1H ", "", "P" + "9" * 100 + "D"):
        with pytest.raises(FeelError) as error:
            feel.parse_duration(text)
        assert error.value.code == "EF-F016"


def test_timers_read_moments() -> None:
    assert feel.parse_datetime("2026-01-31T09:00:00@Asia/Jakarta") == datetime(2026, 1, 31, 2, tzinfo=UTC)
    assert feel.parse_datetime("2026-01-31") == datetime(2026, 1, 31)  # noqa: DTZ001 - a moment without zone is meant
    assert feel.parse_date("2026-01-31") == date(2026, 1, 31)
    assert feel.parse_time("09:00:00+07:00") == time(9, tzinfo=timezone(timedelta(hours=7)))
    for read in (feel.parse_date, feel.parse_time, feel.parse_datetime):
        with pytest.raises(FeelError) as error:
            read("tomorrow")
        assert error.value.code == "EF-F017"


def test_timers_read_cycles() -> None:
    assert feel.parse_cycle("R3/PT1H") == feel.Cycle(3, None, timedelta(hours=1))
    assert feel.parse_cycle("R/P1M") == feel.Cycle(None, None, YearMonthDuration(1))
    assert feel.parse_cycle("R/2026-01-01T00:00:00Z/P1D") == feel.Cycle(None, datetime(2026, 1, 1, tzinfo=UTC), timedelta(days=1))
    assert feel.parse_cycle("R2/2026-01-01T00:00:00@Asia/Jakarta/P1D").start == datetime(2025, 12, 31, 17, tzinfo=UTC)
    for text in ("PT1H", "R3", "R-1/PT1H", "R3/PT0S", "R3/-PT1H", "0 0 9 * * MON", "R3/PT1H/2026-01-01T00:00:00Z", ""):
        with pytest.raises(FeelError) as error:
            feel.parse_cycle(text)
        assert error.value.code == "EF-F021"


def test_a_duration_is_added_to_a_moment() -> None:
    moment = datetime(2026, 1, 31, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert feel.add_duration(moment, timedelta(days=10)) == datetime(2026, 2, 10, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert feel.add_duration(moment, YearMonthDuration(1)) == datetime(2026, 2, 28, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
    for duration in (timedelta(days=4_000_000), YearMonthDuration(120_000)):
        with pytest.raises(FeelError) as error:
            feel.add_duration(moment, duration)
        assert error.value.code == "EF-F019"

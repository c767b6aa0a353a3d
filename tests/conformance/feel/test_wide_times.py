# SPDX-License-Identifier: Apache-2.0
"""Dates beyond the years 1 to 9999, nanoseconds and very long durations: reckoned inside an expression, never kept in a case."""

from __future__ import annotations

import pytest

from egov_flow import feel
from egov_flow.errors import FeelError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('date("-0044-03-15")', "-0044-03-15"),
        ('@"-0044-03-15" + @"P2070Y"', "2026-03-15"),
        ('@"9999-12-31" + @"P1D"', "10000-01-01"),
        ('@"10000-01-01" - @"P1D"', "9999-12-31"),
        ("date(12024, 2, 29)", "12024-02-29"),
        ('@"12024-01-31" + @"P1M"', "12024-02-29"),
        ('@"12024-02-29" + @"P1Y"', "12025-02-28"),
        ('@"12024-02-29" - @"12023-02-28"', "P366D"),
        ('date and time("-2021-01-01T10:10:10+11:00") + @"PT24H"', "-2021-01-02T10:10:10+11:00"),
        ('date and time(@"12026-07-01", @"09:00:00@Europe/Paris") - date and time(@"12026-07-01", @"09:00:00Z")', "-PT2H"),
        ('time("10:00:00.123456789") + @"PT0.000000001S"', "10:00:00.12345679"),
        ('time("10:00:00.123456789") - time("10:00:00")', "PT0.123456789S"),
        ("time(10, 30, 1.000000001)", "10:30:01.000000001"),
        ('time(@"2026-01-01T10:00:00.000000001Z")', "10:00:00.000000001Z"),
        ('date(@"2026-01-01T10:00:00.000000001Z")', "2026-01-01"),
        ('duration("-PT0.0000001S") * -10', "PT0.000001S"),
        ('@"P999999999D" * 2', "P1999999998D"),
        ('-@"P999999999DT1H" * 2', "-P1999999998DT2H"),
        ('@"2026-01-01T24:00:00Z"', "2026-01-02T00:00:00Z"),
        ('@"9999-12-31T24:00:00"', "10000-01-01T00:00:00"),
    ],
)
def test_a_far_or_fine_time_is_exact_inside_an_expression(text: str, expected: str) -> None:
    assert feel.evaluate(f"string({text})") == expected


@pytest.mark.parametrize(
    "text",
    [
        '@"-0044-03-15" < @"0001-01-01"',
        '@"12026-01-01" > @"2026-01-01"',
        '@"12026-01-01T00:00:00Z" = @"12026-01-01T01:00:00+01:00"',
        '@"10:00:00.000000001" > @"10:00:00"',
        '@"10:00:00.000000001Z" = @"11:00:00.000000001+01:00"',
        '@"12026-01-01" in [@"2026-01-01"..@"13026-01-01"]',
        '@"12026-01-01" instance of date and @"10:00:00.000000001" instance of time',
        '(@"P999999999D" * 2) instance of days and time duration',
        'max(@"2026-01-01", @"12026-01-01") = @"12026-01-01"',
        '@"12026-03-04".year = 12026 and @"12026-03-04".month = 3 and @"12026-03-04".day = 4',
        '@"10:00:01.000000001".second = 1.000000001 and @"10:00:01.000000001".hour = 10',
        'day of week(@"-0044-03-15") = day of week(@"0356-03-15")',
        'years and months duration(@"-2016-01-30", @"2016-01-30") = @"P4032Y"',
        'abs(-@"P999999999D" * 2) = @"P999999999D" * 2',
        'is(@"12026-01-01", @"12026-01-01")',
        '(@"12026-01-01T00:00:00" = @"12026-01-01T00:00:00Z") = false',
        '(@"12026-01-01T00:00:00" < @"12026-01-01T00:00:00Z") = null',
        '(@"12026-01-01" = @"12026-01-01T00:00:00Z") = null',
    ],
)
def test_far_and_fine_times_compare_with_all_of_their_kind(text: str) -> None:
    assert feel.evaluate(text) is True


@pytest.mark.parametrize("text", ['@"12026-01-01"', '[@"10:00:00.000000001"]', '{a: @"-0001-01-01T00:00:00"}', '@"P999999999D" * 2'])
def test_a_case_cannot_keep_one(text: str) -> None:
    with pytest.raises(FeelError) as error:
        feel.evaluate(text)
    assert error.value.code == "EF-F018"


@pytest.mark.parametrize(
    "text", ['@"999999999-12-31" + @"P1D"', '@"-999999999-01-01" - @"P1D"', 'date("1234567890-01-01")', 'date("12026-02-30")']
)
def test_there_is_nothing_beyond_the_calendar_of_feel(text: str) -> None:
    assert feel.evaluate(text) is None

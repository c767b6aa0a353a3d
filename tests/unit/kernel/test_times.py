# SPDX-License-Identifier: Apache-2.0
"""Timers take the whole of ISO 8601: mixed durations, fractions, and repeating intervals with a start or an end."""

from datetime import UTC, datetime, timedelta

import pytest

from egov_flow.errors import FeelError
from egov_flow.kernel.times import Span, after, parse_repeat, parse_span

NOW = datetime(2026, 1, 31, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("P1Y2M3DT4H", Span(14, timedelta(days=3, hours=4))),
        ("PT1.5H", Span(0, timedelta(minutes=90))),
        ("PT0,5S", Span(0, timedelta(milliseconds=500))),
        ("P2W", Span(0, timedelta(days=14))),
        ("P0.5D", Span(0, timedelta(hours=12))),
        ("P1M", Span(1)),
        ("-P1D", Span(0, timedelta(days=-1))),
    ],
)
def test_a_duration_may_mix_what_feel_keeps_apart(text, span):
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["P", "PT", "P1X", "1D", "PT1H2D", "P1YT", ""])
def test_what_is_no_duration_is_none(text):
    with pytest.raises(FeelError):
        parse_span(text)


@pytest.mark.parametrize(
    ("text", "repetitions", "every"),
    [
        ("R3/PT1H", 3, Span(0, timedelta(hours=1))),
        ("R/P1M1D", None, Span(1, timedelta(days=1))),
        ("R2/2026-02-01T00:00:00Z/P1D", 2, Span(0, timedelta(days=1))),
        ("R/2026-02-01T00:00:00@Asia/Jakarta/P1D", None, Span(0, timedelta(days=1))),
        ("R/P1D/2026-03-01T00:00:00Z", None, Span(0, timedelta(days=1))),
        ("R3/2026-02-01T00:00:00Z/2026-02-08T00:00:00Z", 3, Span(0, timedelta(days=7))),
    ],
)
def test_a_repeating_interval_names_what_it_likes(text, repetitions, every):
    found = parse_repeat(text)

    assert (found.repetitions, found.every) == (repetitions, every)


@pytest.mark.parametrize("text", ["R3/PT0S", "R/-P1D", "R-1/PT1H", "PT1H", "R3", "R3/2026-02-08T00:00:00Z/2026-02-01T00:00:00Z", "R/x/y"])
def test_one_that_does_not_lead_ahead_is_none(text):
    with pytest.raises(FeelError):
        parse_repeat(text)


def test_months_come_before_the_rest():
    assert after(NOW, Span(1, timedelta(days=1))) == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert after(NOW, Span(1), 2) == datetime(2026, 3, 31, 9, tzinfo=UTC)


def test_ticks_until_an_end_are_counted(drawn):
    case = drawn("start s\nuser a\nboundary b | on a | keeps | cycle R/P1D/2026-01-08T09:00:00Z\nuser h\ns > a\nb > h").start()
    for _ in range(3):
        case.wait(days=1)

    assert case.waiting == ["a", "h", "h", "h"]
    assert not [w for w in case.state.waits.values() if w.kind == "timer"]


def test_missed_ticks_of_a_mixed_interval_fire_once(drawn):
    case = drawn("start s\nuser a\nboundary b | on a | keeps | cycle R/P1M1D\nuser h\ns > a\nb > h").start().wait(days=100)

    assert [o.detail for o in case.last.occurrences if o.kind == "fired"] == ["missed 2"]
    assert case.waiting == ["a", "h"]

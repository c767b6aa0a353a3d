# SPDX-License-Identifier: Apache-2.0
"""The virtual clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from egov_flow.testing import VirtualClock


def test_it_stands_until_it_is_moved():
    clock = VirtualClock("2026-01-05T09:00+07:00")

    assert clock.now() == clock.now() == datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("PT1H", timedelta(hours=1)),
        ("PT1H30M", timedelta(minutes=90)),
        ("PT0.5S", timedelta(milliseconds=500)),
        ("P1D", timedelta(days=1)),
        ("P2W", timedelta(weeks=2)),
        ("P1DT2H3M4S", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        (timedelta(seconds=7), timedelta(seconds=7)),
        (timedelta(0), timedelta(0)),
    ],
)
def test_it_moves_by_a_duration(by, expected):
    clock = VirtualClock("2026-01-05T09:00+07:00")
    start = clock.now()

    assert clock.advance(by) == clock.now() == start + expected


@pytest.mark.parametrize("text", ["", "P", "PT", "P1DT", "1H", "P1M", "P1Y", "PT1", "-PT1H", "PT1H ", "P1W2D"])
def test_what_has_no_fixed_length_is_no_duration(text):
    clock = VirtualClock("2026-01-05T09:00+07:00")

    with pytest.raises(ValueError, match="duration"):
        clock.advance(text)


def test_it_advances_forward_only_but_can_be_set_anywhere():
    clock = VirtualClock("2026-01-05T09:00+07:00")
    with pytest.raises(ValueError, match="forward"):
        clock.advance(timedelta(seconds=-1))

    assert clock.set("2020-02-29T00:00Z").year == 2020
    assert clock.now().year == 2020


def test_a_day_has_24_hours_where_summer_time_begins():
    clock = VirtualClock(datetime(2026, 3, 28, 12, 0, tzinfo=ZoneInfo("Europe/Berlin")))
    clock.advance("P1D")

    assert clock.now().isoformat() == "2026-03-29T13:00:00+02:00"


@pytest.mark.parametrize("start", ["2026-01-05T09:00", datetime(2026, 1, 5), "yesterday"])  # noqa: DTZ001
def test_a_moment_without_a_zone_is_refused(start):
    with pytest.raises(ValueError, match=r"zone|isoformat"):
        VirtualClock(start)

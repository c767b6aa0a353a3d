# SPDX-License-Identifier: Apache-2.0
"""Laws of statutory time, over any start, amount, pause and calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from egov_flow.deadlines import begin, due, extend, resume, stop
from egov_flow.procedure.model import DeadlineRule, Extension
from egov_flow.values import WorkingDay

ZONES = st.sampled_from(["UTC", "Asia/Jakarta", "Europe/Berlin", "America/New_York", "Asia/Beirut", "Pacific/Apia"])
STARTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants plain bounds
AMOUNTS = st.integers(1, 40)


@attrs.frozen
class Holidays:
    """Monday to Friday without every day whose ordinal is divisible."""

    every: int
    name: str = "test"
    version: str = "1"

    def day(self, day: date) -> WorkingDay:
        is_working = day.weekday() < 5 and day.toordinal() % self.every != 0
        return WorkingDay(day, is_working=is_working, reason="" if is_working else "off")


CALENDARS = st.builds(Holidays, st.integers(2, 50))


def working_days(days):
    return [line[:10] for line in days if " counted " in line]


@given(STARTS, AMOUNTS, CALENDARS, ZONES)
def test_a_term_counts_exactly_its_working_days_and_every_day_is_accounted_for(start, amount, calendar, zone):
    term = due(amount, "working days", start, calendar, zone)
    counted = working_days(term.days)
    first, last = date.fromisoformat(term.days[0][:10]), date.fromisoformat(term.days[-1][:10])

    assert len(counted) == amount
    assert all(calendar.day(date.fromisoformat(day)).is_working for day in counted)
    assert [line[:10] for line in term.days] == [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]
    assert term.due > start


@given(STARTS, AMOUNTS, CALENDARS, ZONES)
def test_one_day_more_never_ends_earlier(start, amount, calendar, zone):
    for unit in ("working days", "calendar days", "weeks", "months", "hours"):
        assert due(amount, unit, start, calendar, zone).due < due(amount + 1, unit, start, calendar, zone).due


@given(STARTS, AMOUNTS, AMOUNTS, CALENDARS, ZONES)
def test_an_extension_equals_a_longer_term(start, amount, more, calendar, zone):
    rule = DeadlineRule(name="d", amount=amount, unit="working days", extension=Extension(amount=more, unit="working days"))
    longer = extend(rule, begin(rule, "c", start, calendar, zone), "why", now=start, calendar=calendar, zone=zone)

    assert (longer.due, longer.days) == attrs.astuple(due(amount + more, "working days", start, calendar, zone))


@given(STARTS, AMOUNTS, st.integers(0, 60), st.integers(0, 60), CALENDARS)
def test_after_a_pause_as_many_days_were_counted_as_the_law_gives(start, amount, running, standing, calendar):
    rule = DeadlineRule(name="d", amount=amount, unit="working days")
    deadline = begin(rule, "c", start, calendar, "UTC")
    stopped = start + timedelta(days=running)
    if stopped >= deadline.due:
        return
    resumed = stopped + timedelta(days=standing)
    later = resume(stop(deadline, stopped), resumed, calendar, "UTC")
    stood = {(stopped.date() + timedelta(n)).isoformat() for n in range(1, standing + 1)}
    counted = working_days(later.days)

    assert len(counted) == amount
    assert not stood & set(counted)
    assert later.due >= deadline.due

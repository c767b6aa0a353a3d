# SPDX-License-Identifier: Apache-2.0
"""Functions of dates, and the two that read the instant of evaluation (DMN 1.5 tables 77 and 78)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from egov_flow.feel._failures import START, fail
from egov_flow.feel._wide import WideDate, WideMoment, near
from egov_flow.feel.functions._signature import Registry
from egov_flow.feel.limits import Run

__all__ = ["TEMPORAL"]

TEMPORAL = Registry()

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@TEMPORAL("day of year(date: date or date and time) -> number")
def _day_of_year(day: date | WideDate | WideMoment) -> Decimal:
    return Decimal(near(day).timetuple().tm_yday)


@TEMPORAL("day of week(date: date or date and time) -> string")
def _day_of_week(day: date | WideDate | WideMoment) -> str:
    return _DAYS[near(day).weekday()]


@TEMPORAL("month of year(date: date or date and time) -> string")
def _month_of_year(day: date | WideDate | WideMoment) -> str:
    return _MONTHS[day.month - 1]


@TEMPORAL("week of year(date: date or date and time) -> number")
def _week_of_year(day: date | WideDate | WideMoment) -> Decimal:
    return Decimal(near(day).isocalendar().week)


@TEMPORAL("now() -> date and time", wants_run=True)
def _now(run: Run) -> datetime:
    if run.now is None:
        raise fail("EF-F012", START)
    return run.now


@TEMPORAL("today() -> date", wants_run=True)
def _today(run: Run) -> date:
    if run.now is None:
        raise fail("EF-F012", START)
    return run.now.date()

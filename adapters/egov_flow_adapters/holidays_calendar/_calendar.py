# SPDX-License-Identifier: Apache-2.0
"""Read a calendar's address, and ask the library once per year."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

import attrs

from egov_flow.errors import InvalidData
from egov_flow.values import WorkingDay

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEARS_KEPT = 64
ADDRESS = re.compile(r"(?:holidays:)?([A-Z]{2})(?:-([A-Z0-9]{1,3}))?((?:\+[a-z_]+)*)")


def open_calendar(address: str) -> HolidaysCalendar:
    """Return the calendar of an address: `holidays:ID`, `holidays:DE-BY`, `holidays:ID+government`.

    Two letters name the country (ISO 3166-1), after a hyphen may stand its part (ISO 3166-2), after each plus a category of holidays that the office
    keeps besides the public ones: `government` in Indonesia is the joint leave (cuti bersama) that is decreed for civil servants. Without it these
    days are working days.

    Raises:
        InvalidData: the address has another form, or the library knows no such country, part or category.
    """
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise InvalidData("EF-H001", address=address)
    country, part, plus = found.groups()
    return HolidaysCalendar(country=country, part=part or "", categories=("public", *sorted(set(plus.split("+")[1:]) - {"public"})))


@attrs.frozen(kw_only=True)
class HolidaysCalendar:
    """The working days of a country or a part of it; implements `ports.Calendar`.

    A day is no working day on the country's weekend, unless the library knows it as a day that is worked instead, and on its holidays.

    Attributes:
        country, part: ISO codes; `part` may be "".
        categories: of holidays that count, `public` first.
        name: the address that opens this calendar again.
        version: of the library, `holidays 0.109`.
    """

    country: str
    part: str = ""
    categories: tuple[str, ...] = ("public",)
    name: str = attrs.field(init=False)
    version: str = attrs.field(init=False)

    @name.default
    def _own_name(self) -> str:
        return f"holidays:{self.country}" + (f"-{self.part}" if self.part else "") + "".join(f"+{more}" for more in self.categories[1:])

    @version.default
    def _own_version(self) -> str:
        from importlib.metadata import version

        return f"holidays {version('holidays')}"

    def __attrs_post_init__(self) -> None:
        _of_country(self.country, self.part, self.categories)

    def day(self, day: date) -> WorkingDay:
        """Return whether it is a working day, and if not, the weekday or the name of the holiday.

        Raises:
            InvalidData: the library knows no holidays of that year; a term that reaches into it is not counted, because a holiday that nobody knows of
                would make the date wrong in silence.
        """
        year = _year(self.country, self.part, self.categories, day.year)
        name = year.get(day)
        if name:
            return WorkingDay(day, is_working=False, reason=str(name))
        if year.is_working_day(day):
            return WorkingDay(day, is_working=True)
        return WorkingDay(day, is_working=False, reason=DAY_NAMES[day.weekday()])


def _of_country(country: str, part: str, categories: tuple[str, ...], year: int | None = None) -> Any:
    import holidays

    try:
        known = holidays.country_holidays(country, subdiv=part or None, years=year, expand=False, categories=categories, language="en_US")
    except (NotImplementedError, ValueError) as cause:
        raise InvalidData("EF-H002", country=country, part=part or "–", categories=", ".join(categories)) from cause
    return known


@lru_cache(YEARS_KEPT)
def _year(country: str, part: str, categories: tuple[str, ...], year: int) -> Any:
    known = _of_country(country, part, categories, year)
    if not known.start_year <= year <= known.end_year:
        raise InvalidData("EF-H003", country=country, year=year, first=known.start_year, last=known.end_year)
    return known

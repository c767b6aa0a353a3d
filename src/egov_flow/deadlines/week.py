# SPDX-License-Identifier: Apache-2.0
"""The calendar of a procedure that names none: Monday to Friday, no holidays."""

from __future__ import annotations

from datetime import date

import attrs

from egov_flow.values import WorkingDay

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@attrs.frozen
class WeekCalendar:
    """Monday to Friday are working days; it knows no holidays.

    It implements `ports.Calendar`. A procedure of a real office names a calendar with that office's holidays instead.
    """

    name: str = "week"
    version: str = "1"

    def day(self, day: date) -> WorkingDay:
        """Return whether the day is one of Monday to Friday."""
        if day.weekday() < 5:
            return WorkingDay(day, is_working=True)
        return WorkingDay(day, is_working=False, reason=DAY_NAMES[day.weekday()])

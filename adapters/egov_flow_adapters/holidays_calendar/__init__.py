# SPDX-License-Identifier: Apache-2.0
"""Working days of a country, by the `holidays` library: `calendar: holidays:ID` in procedure.yaml.

The library's holidays are no official text: each version is somebody's reading of yearly decrees, and dates that follow the moon are estimates until
a decree fixes them (their names then end in "(estimated)", which "why this date?" repeats). Therefore the version stands in every deadline, and an
office that counts by its own decree gives its own calendar.
"""

from egov_flow_adapters.holidays_calendar._calendar import HolidaysCalendar, open_calendar

__all__ = ["HolidaysCalendar", "open_calendar"]

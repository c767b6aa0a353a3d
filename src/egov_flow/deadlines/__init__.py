# SPDX-License-Identifier: Apache-2.0
"""Statutory time: terms of law counted in working days, clocks that stop, extend and expire, and why a date is what it is.

Pure. The Agency gives `now`, the calendar and the zone; it stores what comes back in the transaction of the step.
"""

from egov_flow.deadlines.clocks import begin, expire, extend, in_time, meet, resume, stop, withdraw
from egov_flow.deadlines.following import follow, happened
from egov_flow.deadlines.reckoning import UNITS, Reckoning, check_term, due
from egov_flow.deadlines.telling import why
from egov_flow.deadlines.week import WeekCalendar

__all__ = [
    "UNITS",
    "Reckoning",
    "WeekCalendar",
    "begin",
    "check_term",
    "due",
    "expire",
    "extend",
    "follow",
    "happened",
    "in_time",
    "meet",
    "resume",
    "stop",
    "why",
    "withdraw",
]

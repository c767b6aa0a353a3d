# SPDX-License-Identifier: Apache-2.0
"""Virtual time that passes as real time would: whatever is due on the way runs at its own moment, not at the end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from egov_flow.testing.clock import VirtualClock

if TYPE_CHECKING:
    from egov_flow.agency import Agency

__all__ = ["pass_time"]

MOST_DUE = 10_000


def pass_time(agency: Agency, clock: VirtualClock, until: datetime) -> int:
    """Advance the clock to a moment and run what is due on the way, each at its time; return how many timers, deadlines and jobs ran.

    What refuses to run (its case is suspended) is left and does not hold up the clock.

    Args:
        agency: opened with this clock.
        clock: is moved forward; a moment that has passed leaves it where it is.
        until: an aware datetime.
    """
    ran = 0
    while (moment := _next(agency, clock.now(), until)) is not None:
        clock.advance(moment - clock.now())
        ran += agency.run_due()
    if until > clock.now():
        clock.advance(until - clock.now())
    return ran


def _next(agency: Agency, now: datetime, until: datetime) -> datetime | None:
    """Return the earliest moment after now at which something is due."""
    due = agency.wiring.store.due(agency.tenant, until, MOST_DUE)
    return min((item.due for item in due if item.due > now), default=None)

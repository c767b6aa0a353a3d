# SPDX-License-Identifier: Apache-2.0
"""A worker: does what is due of some tenants, over and over, until it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs

from egov_flow.agency.agency import Agency
from egov_flow.errors import StoreError

__all__ = ["Health", "Worker"]

OVERDUE = timedelta(minutes=5)
"""A worker whose last round ended longer ago is not well: a handler hangs, or the process does."""


@attrs.frozen(kw_only=True)
class Health:
    """How a worker does.

    Attributes:
        started: when it began; last: when its last round ended.
        ran: timers, deadlines and jobs so far.
        trouble: code of the error that ended the last round; "" if none did.
    """

    started: datetime
    last: datetime
    ran: int = 0
    trouble: str = ""

    def is_well(self, now: datetime) -> bool:
        """Say whether it reaches its database and gets its rounds done."""
        return not self.trouble and now - self.last < OVERDUE


@attrs.define
class Worker:
    """Runs what is due of its agencies in one thread; several workers, on several machines, share the work by leases.

    Args:
        agencies: one view of an Agency for each tenant, on one store.
        pause: how long it rests when nothing was due.
    """

    agencies: Sequence[Agency]
    pause: timedelta = timedelta(seconds=1)
    health: Health = attrs.field(init=False)
    _stop: threading.Event = attrs.field(init=False, factory=threading.Event)

    def __attrs_post_init__(self) -> None:
        now = self._now()
        self.health = Health(started=now, last=now)

    def run(self) -> None:
        """Work until `stop` is called; what has begun by then is finished and reported.

        A database that cannot be reached ends a round, not the worker: the next round tries again.
        """
        while not self._stop.is_set():
            if not self.round():
                self._stop.wait(self.pause.total_seconds())

    def round(self) -> int:
        """Do once what is due; return how much there was."""
        before = self.health
        try:
            ran = sum(agency.run_due(self.goes_on) for agency in self.agencies)
        except StoreError as error:
            self.health = attrs.evolve(before, last=self._now(), trouble=error.code)
            return 0
        self.health = attrs.evolve(before, last=self._now(), ran=before.ran + ran, trouble="")
        return ran

    def goes_on(self) -> bool:
        """Say whether anything new may begin."""
        return not self._stop.is_set()

    def stop(self) -> None:
        """Begin nothing new; may be called from a signal handler or another thread."""
        self._stop.set()

    def _now(self) -> datetime:
        return self.agencies[0].wiring.clock.now()

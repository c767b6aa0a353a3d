# SPDX-License-Identifier: Apache-2.0
"""A lease is renewed while its handler works, so that nobody else begins what is still being done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import attrs

from egov_flow.agency.wiring import Wiring
from egov_flow.errors import ConflictError, StoreError
from egov_flow.values import Change, Fence, Job

__all__ = ["LEASE", "renewed"]

LEASE = timedelta(minutes=5)
"""How long a job stays with a worker that died."""
BEATS = 3
"""How often a lease is renewed before it would run out."""


@contextmanager
def renewed(wiring: Wiring, tenant: str, job: Job) -> Iterator[None]:
    """Keep the lease of a job until the block ends. Who is paused or loses the database loses the lease, and its report is refused."""
    done = threading.Event()
    heart = threading.Thread(target=_beat, args=(wiring, tenant, job, done), name=f"lease of {job.id}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        done.set()
        heart.join()


def _beat(wiring: Wiring, tenant: str, job: Job, done: threading.Event) -> None:
    while not done.wait((LEASE / BEATS).total_seconds()):
        longer = attrs.evolve(job, leased_until=wiring.clock.now() + LEASE)
        try:
            wiring.store.commit(Change(tenant=tenant, jobs=(longer,), fence=Fence(job.id, job.fence)))
        except ConflictError:
            return  # somebody else has it by now, or the case has gone on without it
        except StoreError:
            continue  # the next beat may reach the database again

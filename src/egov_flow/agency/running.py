# SPDX-License-Identifier: Apache-2.0
"""What happens after a commit, or when its time has come: jobs, timers, deadlines."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import attrs

from egov_flow.agency import leasing
from egov_flow.agency.commands import job_done, kernel_command
from egov_flow.agency.delivering import KEPT, deliver_job, deliver_letter
from egov_flow.agency.desk import Desk
from egov_flow.agency.handling import Handling, Outcome, call, failure
from egov_flow.agency.sealing import place
from egov_flow.agency.starting import start_due
from egov_flow.agency.storing import STORE_JOBS, use_store
from egov_flow.agency.throwing import DELIVER, INCOMING, THROWN
from egov_flow.agency.validating import validate
from egov_flow.data import Context, decode
from egov_flow.errors import AlreadyCompleted, ConflictError, NotFound
from egov_flow.values import SYSTEM, Change, Command, Due, Fence, Job

__all__ = ["Runner"]

DUE_AT_ONCE = 50
"""Timers and deadlines, of as many cases, that share one commit."""
JOBS_AT_ONCE = 20
"""Jobs that are leased with one commit; the last of them must begin before its lease runs out."""
ROUNDS = 10_000
"""A case whose handlers call each other for ever is stopped here, and the rest waits for the next call."""


def _go_on() -> bool:
    return True


@attrs.frozen
class Runner:
    """Runs what is due, for one tenant."""

    desk: Desk

    def drain(self, case: str) -> int:
        """Run the waiting jobs of a case, and of those that keep a message which is awaited by now, until none is left; return how many ran."""
        ran, cases = 0, deque([case])
        while cases and ran < ROUNDS:
            jobs = self._lease(cases[0], 1)
            if jobs:
                self._run(jobs[0])
                ran += 1
            else:
                cases.popleft()
            cases.extend(self.desk.take_woken())
        return ran

    def run_due(self, goes_on: Callable[[], bool] = _go_on) -> int:
        """Run every timer, deadline and job whose time has come; return how many ran.

        A case that refuses keeps what is due for later and does not hold up the others.

        Args:
            goes_on: asked before each; once it says no, nothing new is begun.
        """
        ran = 0
        seen: set[Due] = set()
        while goes_on():
            due = self.desk.wiring.store.due(self.desk.tenant, self.desk.wiring.clock.now(), DUE_AT_ONCE + len(seen))
            batch: dict[str, Due] = {}
            for item in due:
                if item not in seen:
                    batch.setdefault(item.case, item)  # of each case the earliest; what it does may end the others
            if not batch:
                break
            seen.update(batch.values())
            ran += self.desk.run_all_due(list(batch.values()))
            if self.desk.wiring.run_jobs == "inline":
                for case in batch:
                    self.drain(case)
        for started in start_due(self.desk) if goes_on() else ():
            ran += 1
            if self.desk.wiring.run_jobs == "inline":
                self.drain(started.id)
        return ran + self._all_jobs(goes_on)

    def _all_jobs(self, goes_on: Callable[[], bool]) -> int:
        ran = 0
        while ran < ROUNDS and goes_on() and (jobs := self._lease(None, JOBS_AT_ONCE)):
            for job in jobs:
                if not goes_on():
                    break
                if job.leased_until is not None and job.leased_until <= self.desk.wiring.clock.now():
                    break  # those before it took long; whoever leases the rest next will run it
                self._run(job)
                ran += 1
        return ran

    def _lease(self, case: str | None, limit: int) -> tuple[Job, ...]:
        now = self.desk.wiring.clock.now()
        return self.desk.wiring.store.lease(self.desk.tenant, now, now + leasing.LEASE, case, limit)

    def _run(self, job: Job) -> None:
        """Run a leased job outside any transaction, and report what came of it or put it off."""
        wiring, tenant = self.desk.wiring, self.desk.tenant
        token = job.id.rpartition("/")[2]
        loaded = self.desk.load(job.case, wiring.store)
        data = decode(wiring.seal.open(loaded.key, job.payload, place(tenant, job.case, "job", token), job.case))
        thrown = job.name == DELIVER and token.startswith(THROWN)
        kept = job.name == DELIVER and loaded.record.procedure == INCOMING
        handling = KEPT if kept or (thrown and "until" in data) else wiring.handling(job.name)
        if kept or thrown:
            outcome = deliver_letter(self.desk, job, loaded.record) if kept else deliver_job(self.desk, job, data)
        else:
            outcome = use_store(wiring.stores, job, data) if job.name in STORE_JOBS else self._call(handling, job, data)
        tried = attrs.evolve(job, attempts=job.attempts + 1, cause=outcome.cause)
        patience = handling or wiring.patience
        try:
            if outcome.may_pass and tried.attempts < patience.tries:
                self._put_off(tried, patience)
                return
            command = Command(kind="report", by=SYSTEM, target=token, data=outcome.result, arguments=outcome.told)
            prepare = job_done(wiring, command, tried) if thrown else kernel_command(wiring, command, job=tried)
            self.desk.execute(job.case, command, prepare, fence=Fence(job.id, job.fence))
        except (AlreadyCompleted, ConflictError, NotFound):
            return  # the lease ran out, or the case has gone on without it: whoever has the newer lease reports

    def _put_off(self, job: Job, patience: Handling) -> None:
        """Give the lease back until the next try."""
        wiring = self.desk.wiring
        later = wiring.clock.now() + patience.pause(job.attempts, wiring.ids)
        waiting = attrs.evolve(job, due=later, leased_until=None)
        wiring.store.commit(Change(tenant=self.desk.tenant, jobs=(waiting,), fence=Fence(job.id, job.fence)))

    def _call(self, handling: Handling | None, job: Job, data: Context) -> Outcome:
        if handling is None:
            return failure("EF-A012", name=job.name)
        with leasing.renewed(self.desk.wiring, self.desk.tenant, job):
            return call(handling.call, job, data, lambda result: self._check(job, result))

    def _check(self, job: Job, result: Context) -> None:
        """Check a handler's result against the form of its task, if it is linked to one."""
        record = self.desk.wiring.store.load(self.desk.tenant, job.case)
        if record is None:
            raise NotFound("EF-A001", case=job.case)
        procedure = self.desk.versions.of(record).procedure
        link = procedure.link(job.element)
        if link is not None and link.form:
            validate(procedure, link.form, result, job.element)

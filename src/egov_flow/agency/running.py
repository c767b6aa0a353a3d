# SPDX-License-Identifier: Apache-2.0
"""What happens after a commit, or when its time has come: jobs, timers, deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import attrs

from egov_flow.agency.commands import job_done, kernel_command
from egov_flow.agency.desk import Desk
from egov_flow.agency.drafting import DELIVER
from egov_flow.agency.sealing import place
from egov_flow.agency.validating import validate
from egov_flow.data import EMPTY, Context, decode, freeze
from egov_flow.errors import AlreadyCompleted, ConflictError, EgovFlowError, InvalidData, NotFound
from egov_flow.values import SYSTEM, Actor, BpmnError, Call, Command, Due, Fence, Job

__all__ = ["Runner"]

LEASE = timedelta(minutes=5)
BATCH = 100
ROUNDS = 10_000
"""A case whose handlers call each other for ever is stopped here, and the rest waits for the next call."""


@attrs.frozen
class Runner:
    """Runs what is due, for one tenant."""

    desk: Desk

    def drain(self, case: str) -> int:
        """Run the waiting jobs of a case until none is left; return how many ran."""
        ran = 0
        while ran < ROUNDS:
            jobs = self._lease(case, 1)
            if not jobs:
                break
            self._run(jobs[0])
            ran += 1
        return ran

    def run_due(self) -> int:
        """Run every timer, deadline and job whose time has come; return how many ran.

        A case that refuses (suspended, for instance) keeps what is due for later and does not hold up the others.
        """
        ran = 0
        seen: set[tuple[str, str, str]] = set()
        while True:
            due = self.desk.wiring.store.due(self.desk.tenant, self.desk.wiring.clock.now(), BATCH + len(seen))
            fresh = [d for d in due if (d.kind, d.case, d.target) not in seen]
            if not fresh:
                break
            for item in fresh:
                seen.add((item.kind, item.case, item.target))
                ran += self._due(item)
        return ran + self._all_jobs()

    def _all_jobs(self) -> int:
        ran = 0
        while ran < ROUNDS and (jobs := self._lease(None, BATCH)):
            for job in jobs:
                self._run(job)
                ran += 1
        return ran

    def _due(self, item: Due) -> int:
        if not self.desk.run_due(item):
            return 0  # what is still due comes again with the next call
        if self.desk.wiring.run_jobs == "inline":
            self.drain(item.case)
        return 1

    def _lease(self, case: str | None, limit: int) -> tuple[Job, ...]:
        now = self.desk.wiring.clock.now()
        return self.desk.wiring.store.lease(self.desk.tenant, now, now + LEASE, case, limit)

    def _run(self, job: Job) -> None:
        """Run a leased job outside any transaction and report what came of it."""
        wiring, tenant = self.desk.wiring, self.desk.tenant
        token = job.id.rpartition("/")[2]
        secret = wiring.seal.open(self.desk.load(job.case, wiring.store).key, job.payload, place(tenant, job.case, "job", token), job.case)
        data = decode(secret)
        deliver = job.name == DELIVER
        outcome, result = self._deliver(job, data) if deliver else self._handle(job, data)
        command = Command(kind="report", by=SYSTEM, target=token, data=result, arguments=outcome)
        prepare = job_done(wiring, command, job) if deliver else kernel_command(wiring, command, job=job)
        try:
            self.desk.execute(job.case, command, prepare, fence=Fence(job.id, job.fence))
        except (AlreadyCompleted, ConflictError, NotFound):
            return  # the lease ran out, or the case has gone on without it: whoever has the newer lease reports

    def _handle(self, job: Job, data: Context) -> tuple[Context, Context]:
        handler = self.desk.wiring.handlers.get(job.name)
        if handler is None:
            return _failure("EF-A012", name=job.name), EMPTY
        request = Call(name=job.name, data=data, case=job.case, element=job.element, actor=Actor("system:jobs"), key=job.id)
        try:
            answer: Mapping[str, object] | None = handler(request)
            result = freeze(answer or {})
            if not isinstance(result, Context):
                return _failure("EF-A013", name=job.name), EMPTY
            self._check(job, result)
        except BpmnError as error:
            return Context({"outcome": "error", "code": error.error_code, "message": error.message}), EMPTY
        except InvalidData as error:
            return _failure("EF-A022", name=job.name, reason=error.code), EMPTY
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is a failure of that job, and an incident of that case
            return _failure("EF-A014", name=job.name, error=type(error).__name__), EMPTY
        return Context({"outcome": "result"}), result

    def _check(self, job: Job, result: Context) -> None:
        """Check a handler's result against the form of its task, if it is linked to one."""
        record = self.desk.wiring.store.load(self.desk.tenant, job.case)
        if record is None:
            raise NotFound("EF-A001", case=job.case)
        procedure = self.desk.versions.of(record).procedure
        link = procedure.link(job.element)
        if link is not None and link.form:
            validate(procedure, link.form, result, job.element)

    def _deliver(self, job: Job, data: Context) -> tuple[Context, Context]:
        send = Command(
            kind="send", by=SYSTEM, target=data["message"], data=data["data"], arguments=Context({"wait": data["wait"]}), key=job.id
        )
        try:
            self.desk.execute(data["case"], send, kernel_command(self.desk.wiring, send, element=job.element))
        except EgovFlowError as error:
            return _failure("EF-A015", name=data["message"], error=error.code), EMPTY
        return Context({"outcome": "result"}), EMPTY


def _failure(code: str, **arguments: str) -> Context:
    """Return the arguments of a failed report: the cause by code; a handler's own words may hold personal data and stay outside."""
    return Context({"outcome": "failure", "code": code, **arguments})

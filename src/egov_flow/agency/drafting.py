# SPDX-License-Identifier: Apache-2.0
"""Turns a step into the rows of a Change: tasks, jobs, deadlines, incidents; messages are in `throwing`. Reads the store, writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from egov_flow.agency.sealing import Seal, place
from egov_flow.agency.versions import Version
from egov_flow.data import encode
from egov_flow.deadlines import follow
from egov_flow.ports import Store
from egov_flow.texts import render
from egov_flow.values import CaseRecord, Command, Deadline, Incident, Job, JobChange, Occurrence, Step, Task
from egov_flow.work import end, open_tasks

__all__ = ["Draft", "draft_rows", "sealed_job"]


def _no_priority(_: str) -> int:
    return 0


@attrs.define(kw_only=True)
class Draft:
    """What a command is about to write, while it is put together; `element` is the one that it acts on, `opened` are the ids of new tasks."""

    record: CaseRecord
    version: Version
    command: Command
    now: datetime
    key: bytes
    element: str = ""
    priority: Callable[[str], int] = _no_priority
    step: Step[Any] | None = None
    tasks: list[Task] = attrs.Factory(list)
    opened: frozenset[str] = frozenset()
    jobs: list[Job] = attrs.Factory(list)
    deadlines: list[Deadline] = attrs.Factory(list)
    incidents: list[Incident] = attrs.Factory(list)
    occurrences: list[Occurrence] = attrs.Factory(list)

    @property
    def tenant(self) -> str:
        """Return the tenant of the case."""
        return self.record.tenant


def draft_rows(draft: Draft, store: Store, seal: Seal) -> None:
    """Fill the draft with the rows that follow from its step."""
    step = draft.step
    if step is None:
        return
    draft.occurrences.extend(step.occurrences)
    deadlines = _deadlines(draft, store)
    _tasks(draft, store, step, deadlines)
    _jobs(draft, store, step, seal)
    _incidents(draft, store, step)


def _deadlines(draft: Draft, store: Store) -> tuple[Deadline, ...]:
    """Let the deadlines follow the step; return all of the case as they then stand."""
    procedure = draft.version.procedure
    if not procedure.deadlines:
        return ()
    already = {d.name: d for d in draft.deadlines}
    known = tuple(already.get(d.name, d) for d in store.deadlines(draft.tenant, draft.record.id))
    changed = follow(
        procedure.deadlines,
        known,
        tuple(draft.occurrences),
        case=draft.record.id,
        now=draft.now,
        calendar=draft.version.calendar,
        zone=procedure.zone,
        procedure=procedure,
    )
    by_name = already | {d.name: d for d in changed}
    draft.deadlines[:] = by_name.values()
    return tuple(({d.name: d for d in known} | by_name).values())


def _tasks(draft: Draft, store: Store, step: Step[Any], deadlines: tuple[Deadline, ...]) -> None:
    record = draft.record
    opened = tuple(c for c in step.work if c.change == "opened")
    tasks = open_tasks(draft.version.procedure, opened, case=record.id, now=draft.now, deadlines=deadlines, applicant=record.applicant)
    draft.tasks.extend(tasks)
    draft.opened = frozenset([task.id for task in tasks])
    for change in step.work:
        if change.change == "opened":
            continue
        task = store.task(draft.tenant, f"{draft.record.id}/{change.token}")
        if task is None:  # opened and ended within the same step
            draft.tasks[:] = [_ended(t, draft, change.change) if t.id.endswith(f"/{change.token}") else t for t in draft.tasks]
        else:
            draft.tasks.append(_ended(task, draft, change.change))


def _ended(task: Task, draft: Draft, change: str) -> Task:
    return end(task, change, draft.now, draft.command.by.id if change == "completed" else "")


def _jobs(draft: Draft, store: Store, step: Step[Any], seal: Seal) -> None:
    older = {j.id: j for j in store.jobs(draft.tenant, draft.record.id)} if step.jobs else {}
    for change in step.jobs:
        before = older.get(f"{draft.record.id}/{change.token}")
        if change.change == "opened":
            job = attrs.evolve(sealed_job(draft, seal, change), priority=draft.priority(change.name))
            # a lease handed out before must stay stale for ever
            draft.jobs.append(attrs.evolve(job, fence=before.fence) if before else job)
        elif before is not None and before.status == "waiting":
            draft.jobs.append(attrs.evolve(before, status=change.change))


def sealed_job(draft: Draft, seal: Seal, change: JobChange) -> Job:
    """Return the row of a job, its data sealed."""
    ident = f"{draft.record.id}/{change.token}"
    belongs = place(draft.tenant, draft.record.id, "job", change.token)
    return Job(
        id=ident,
        case=draft.record.id,
        element=change.element,
        name=change.name,
        payload=seal.close(draft.key, encode(change.data), belongs),
        due=draft.now,
    )


def _incidents(draft: Draft, store: Store, step: Step[Any]) -> None:
    known = {i.id: i for i in store.incidents(draft.tenant, draft.record.id)} if any(i.closed for i in step.incidents) else {}
    for incident in step.incidents:
        ident = f"{draft.record.id}/{incident.id}"
        if incident.closed is None:
            cause = _cause(draft.command) or incident.cause
            draft.incidents.append(attrs.evolve(incident, id=ident, case=draft.record.id, since=draft.now, cause=cause))
        elif ident in known:
            draft.incidents.append(attrs.evolve(known[ident], closed=draft.now))


def _cause(command: Command) -> str:
    """Return why a handler's report is a failure, in the Agency's own words; "" for every other command."""
    told = command.arguments
    if command.kind != "report" or told.get("outcome") != "failure" or "code" not in told:
        return ""
    code = str(told["code"])
    return f"{code}: {render(code, 'message', {k: str(v) for k, v in told.items()})}"

# SPDX-License-Identifier: Apache-2.0
"""What each kind of command checks and drafts, once its case is loaded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs

from egov_flow import deadlines, work
from egov_flow.agency.authorising import is_administrator, may_act
from egov_flow.agency.changing import Loaded
from egov_flow.agency.desk import Prepare
from egov_flow.agency.drafting import Draft
from egov_flow.agency.recording import Permit
from egov_flow.agency.validating import validate, validate_fields
from egov_flow.agency.wiring import Wiring
from egov_flow.data import Context
from egov_flow.errors import InvalidData, NotFound
from egov_flow.ports import Store
from egov_flow.values import SYSTEM, Actor, Command, Deadline, Due, Incident, Job, Occurrence, Step, Task

__all__ = [
    "due_command",
    "event_only",
    "expire_deadline",
    "extend_deadline",
    "job_done",
    "kernel_command",
    "message_command",
    "task_command",
]


def kernel_command(
    wiring: Wiring, command: Command, *, arguments: Context | None = None, element: str = "", job: Job | None = None
) -> Prepare:
    """Prepare a command that only the engine answers.

    Args:
        arguments: what the engine needs besides and the caller did not say; it is recorded, but is no part of the idempotency key's payload.
        element: the element that it acts on, where the caller knows.
        job: the leased job that a report ends, its tries counted.
    """

    def prepare(loaded: Loaded, store: Store, now: datetime) -> tuple[Permit, Draft]:
        permit = _permit(wiring, command, loaded, store)
        full = command if arguments is None else attrs.evolve(command, arguments=arguments)
        _check_data(loaded, command, element)
        draft = _draft(loaded, full, now, job.element if job else element or _parked_at(store, loaded, command))
        draft.step = _step(loaded, full, now)
        if job is not None:
            draft.jobs.append(attrs.evolve(job, status="failed" if job.cause else "done"))
        return permit, draft

    return prepare


def _parked_at(store: Store, loaded: Loaded, command: Command) -> str:
    """Return the element of the incident that a repair ends; "" for other commands."""
    if command.kind not in {"retry", "resolve", "move"}:
        return ""
    incident = f"{loaded.record.id}/{command.target}"
    found = store.incidents(loaded.record.tenant, loaded.record.id)
    return next((i.element for i in found if i.id == incident), "")


def job_done(wiring: Wiring, command: Command, job: Job) -> Prepare:
    """Prepare the report of a delivered message: the receiver stepped, the sender only records it."""

    def prepare(loaded: Loaded, store: Store, now: datetime) -> tuple[Permit, Draft]:
        draft = _draft(loaded, command, now, job.element)
        delivered = command.arguments.get("outcome") == "result"
        draft.jobs.append(attrs.evolve(job, status="done" if delivered else "failed"))
        draft.occurrences.append(Occurrence("delivered" if delivered else "undelivered", job.element))
        if not delivered:
            draft.incidents.append(undelivered(job, job.cause, now))
        return _permit(wiring, command, loaded, store), draft

    return prepare


def undelivered(job: Job, cause: str, now: datetime) -> Incident:
    """Return the incident of a message that reached nobody; the case goes on beside it."""
    return Incident(id=job.id, case=job.case, element=job.element, kind="message", cause=cause, ways_out=("retry", "resolve"), since=now)


def message_command(wiring: Wiring, command: Command) -> Prepare:
    """Prepare what ends the incident of an undelivered message: `retry` delivers it again, `resolve` lets it be."""

    def prepare(loaded: Loaded, store: Store, now: datetime) -> tuple[Permit, Draft]:
        permit = _permit(wiring, command, loaded, store)
        ident = f"{loaded.record.id}/{command.target}"
        found = next((i for i in store.incidents(loaded.record.tenant, loaded.record.id) if i.id == ident), None)
        job = next((j for j in store.jobs(loaded.record.tenant, loaded.record.id) if j.id == ident), None)
        if found is None or job is None:
            raise NotFound("EF-A045", incident=ident)
        if command.data or "flow" in command.arguments:
            raise InvalidData("EF-A057", incident=ident)
        draft = _draft(loaded, command, now, found.element)
        draft.incidents.append(attrs.evolve(found, closed=now))
        draft.occurrences.append(Occurrence("resolved", found.element, 0, "message"))
        if command.kind == "retry":
            draft.jobs.append(attrs.evolve(job, status="waiting", due=now, attempts=0, cause="", leased_until=None))
        return permit, draft

    return prepare


def event_only(wiring: Wiring, command: Command) -> Prepare:
    """Prepare a command that changes nothing but the record."""

    def prepare(loaded: Loaded, store: Store, now: datetime) -> tuple[Permit, Draft]:
        return _permit(wiring, command, loaded, store), _draft(loaded, command, now)

    return prepare


def task_command(wiring: Wiring, command: Command, task: str) -> Prepare:
    """Prepare claim, release, assign or complete."""

    def prepare(loaded: Loaded, store: Store, now: datetime) -> tuple[Permit, Draft]:
        found = store.task(loaded.record.tenant, task)
        if found is None:
            raise NotFound("EF-A004", task=task)
        decision = _decide(wiring, store, loaded, found, command.by)
        if not decision.allowed:
            _must_know(wiring, loaded, found, command.by)
        draft = _draft(loaded, command, now, found.element)
        if command.kind == "complete":
            work.may_complete(found, command.by, decision)
            validate(loaded.version.procedure, found.form, command.data, found.element)
            draft.step = _step(loaded, command, now)
        elif command.kind == "assign":
            draft.tasks.append(_assign(wiring, store, loaded, found, command))
        else:
            change = work.claim if command.kind == "claim" else work.release
            draft.tasks.append(change(found, command.by, decision))
        return Permit(decision.policy, decision.affiliation), draft

    return prepare


def _decide(wiring: Wiring, store: Store, loaded: Loaded, task: Task, actor: Actor) -> work.Decision:
    return work.eligible(
        actor,
        task,
        procedure=loaded.version.procedure,
        applicant=loaded.record.applicant,
        confirmed=wiring.confirmed(actor),
        done_by=loaded.folder.done_by(store) if _is_kept_apart(loaded, task) else None,
    )


def _must_know(wiring: Wiring, loaded: Loaded, task: Task, actor: Actor) -> None:
    """Raise NotFound for somebody who may not do a task, and may not even know that it exists."""
    access = work.may_read_case(actor, loaded.record, loaded.version.procedure, wiring.confirmed(actor))
    decision = work.eligible(
        actor, task, procedure=loaded.version.procedure, applicant=loaded.record.applicant, confirmed=wiring.confirmed(actor)
    )
    if not access.allowed and not decision.allowed and task.assignee != actor.id:
        raise NotFound("EF-A004", task=task.id)


def _is_kept_apart(loaded: Loaded, task: Task) -> bool:
    """Say whether an obligation keeps somebody from a task who has done another of its case."""
    return any(o.kind == "not_same_person" and task.element in o.elements for o in loaded.version.procedure.obligations)


def _assign(wiring: Wiring, store: Store, loaded: Loaded, task: Task, command: Command) -> Task:
    named = command.arguments
    receiver = Actor(named["to"], roles=frozenset(named["roles"]), office=named.get("office"))
    receivers = _decide(wiring, store, loaded, task, receiver)
    # who oversees may assign without being eligible for the work itself
    decision = (
        work.Decision(allowed=True, policy="assign")
        if is_administrator(wiring, command.by)
        else _decide(wiring, store, loaded, task, command.by)
    )
    return work.assign(task, receiver, decision, receivers)


def extend_deadline(wiring: Wiring, command: Command) -> Prepare:
    """Prepare the extension of a statutory deadline."""

    def prepare(loaded: Loaded, store: Store, now: datetime) -> tuple[Permit, Draft]:
        permit = _permit(wiring, command, loaded, store)
        draft = _draft(loaded, command, now)
        procedure = loaded.version.procedure
        rule = next((r for r in procedure.deadlines if r.name == command.target), None)
        if rule is None:
            raise NotFound("EF-A033", deadline=command.target, known=", ".join(r.name for r in procedure.deadlines) or "none")
        deadline = _deadline(store, loaded, command.target)
        extended = deadlines.extend(rule, deadline, command.reason, now=now, calendar=loaded.version.calendar, zone=procedure.zone)
        draft.deadlines.append(extended)
        draft.occurrences.append(Occurrence("extended", "", 0, command.target))
        return permit, draft

    return prepare


def expire_deadline(wiring: Wiring, command: Command) -> Prepare:
    """Prepare the expiry of a statutory deadline: the record and, where the diagram catches it, the case."""

    def prepare(loaded: Loaded, store: Store, now: datetime) -> tuple[Permit, Draft]:
        draft = _draft(loaded, command, now)
        deadline = _deadline(store, loaded, command.target)
        if deadline.status != "expired":  # else its event is only now awaited, and the law has not waited for it
            draft.deadlines.append(deadlines.expire(deadline, now))
        draft.step = _step(loaded, command, now)
        return _permit(wiring, command, loaded, store), draft

    return prepare


def due_command(wiring: Wiring, item: Due) -> tuple[Command, Prepare]:
    """Return the command of the system that follows when the time of a timer or deadline has come."""
    if item.kind == "deadline":
        command = Command(kind="expire", by=SYSTEM, target=item.target)
        return command, expire_deadline(wiring, command)
    command = Command(kind="due", by=SYSTEM, target=item.target)
    return command, kernel_command(wiring, command)


def _deadline(store: Store, loaded: Loaded, name: str) -> Deadline:
    found = next((d for d in store.deadlines(loaded.record.tenant, loaded.record.id) if d.name == name), None)
    if found is None:
        raise NotFound("EF-A034", deadline=name, case=loaded.record.id)
    return found


def _permit(wiring: Wiring, command: Command, loaded: Loaded, store: Store) -> Permit:
    record = loaded.record

    return may_act(wiring, command, record, loaded.version.procedure, lambda: loaded.folder.open_tasks(store).values())


def _check_data(loaded: Loaded, command: Command, element: str) -> None:
    """Check what comes with a message or a correction; what a handler reports was checked before it was reported."""
    procedure = loaded.version.procedure
    if command.kind == "send":
        link = procedure.link(element)
        validate(procedure, link.form if link else "", command.data, command.target)
    elif command.kind in {"correct", "resolve"}:
        validate_fields(procedure, command.data, command.kind)


def _draft(loaded: Loaded, command: Command, now: datetime, element: str = "") -> Draft:
    return Draft(record=loaded.record, version=loaded.version, command=command, now=now, key=loaded.key, element=element)


def _step(loaded: Loaded, command: Command, now: datetime) -> Step[Any]:
    return loaded.version.engine.step(loaded.version.program, loaded.state, command, now)

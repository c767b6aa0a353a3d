# SPDX-License-Identifier: Apache-2.0
"""Delivers what a case has thrown or keeps: to the case that waits for it, to a case that it begins, or, while nobody awaits it, later."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from egov_flow.agency.commands import kernel_command
from egov_flow.agency.conversing import give_or_begin
from egov_flow.agency.desk import Desk
from egov_flow.agency.handling import Handling, Outcome, failure
from egov_flow.agency.incoming import letter_of
from egov_flow.agency.sending import deliver
from egov_flow.agency.starting import start
from egov_flow.data import Context
from egov_flow.errors import AlreadyCompleted, ConflictError, EgovFlowError, NotFound, StoreError
from egov_flow.values import SYSTEM, CaseRecord, Command, Job

__all__ = ["KEPT", "deliver_job", "deliver_letter"]

DELIVERED = Outcome(told=Context({"outcome": "result"}))
KEPT = Handling(lambda _: {}, tries=10**9, first=timedelta(minutes=5), most=timedelta(minutes=5))
"""How often somebody looks whether a kept message is awaited now."""


def deliver_job(desk: Desk, job: Job, data: Context) -> Outcome:
    """Deliver once, and say what came of it; the receiver takes the same delivery once only."""
    try:
        if "until" in data:
            return _kept(desk, job, data)
        _deliver(desk, job, data, key=job.id)
    except StoreError as error:
        return failure("EF-A015", may_pass=True, name=data["message"], error=error.code)
    except EgovFlowError as error:
        return failure("EF-A015", name=data["message"], error=error.code)
    return DELIVERED


def deliver_letter(desk: Desk, job: Job, record: CaseRecord) -> Outcome:
    """Deliver a message from outside that was kept, in the name of its sender, and say what came of it."""
    letter = letter_of(desk, record)
    try:
        receiver = deliver(desk, letter.message, letter.data, correlate=letter.correlate, by=letter.sender, key=job.id)
    except (NotFound, AlreadyCompleted, ConflictError) as error:
        is_kept = desk.wiring.clock.now() < letter.until
        until = letter.until.isoformat()
        return failure("EF-A049", may_pass=is_kept, name=letter.message, until=until, error=error.code)
    except EgovFlowError as error:
        return failure("EF-A015", may_pass=isinstance(error, StoreError), name=letter.message, error=error.code)
    return Outcome(told=DELIVERED.told, result=Context({"receiver": receiver.id}))


def _deliver(desk: Desk, job: Job, data: Context, *, key: str) -> None:
    """Let the receiver step, once for the key.

    Raises:
        EgovFlowError: it refuses.
    """
    if "start" in data:
        sender = desk.wiring.store.load(desk.tenant, job.case)
        at, message, correlated = data["element"], data["message"], data.get("key") or None
        start(desk, data["start"], data["data"], by=SYSTEM, key=key, at=at, message=message, correlated=correlated, sender=sender)
    elif "signal" in data:
        signal = Command(kind="signal", by=SYSTEM, target=data["signal"], data=data["data"], key=key)
        desk.execute(data["case"], signal, kernel_command(desk.wiring, signal, element=job.element))
    else:
        send = Command(
            kind="send", by=SYSTEM, target=data["message"], data=data["data"], arguments=Context({"wait": data["wait"]}), key=key
        )
        desk.execute(data["case"], send, kernel_command(desk.wiring, send, element=job.element))


def _kept(desk: Desk, job: Job, data: Context) -> Outcome:
    """Look whether somebody awaits a message by now, or whether it begins a case.

    Raises:
        EgovFlowError: who awaits it refuses it.
    """
    if desk.wiring.store.remembered(desk.tenant, "start", job.id) is not None:
        return DELIVERED  # it has begun a case, and whoever did that died before it was reported
    return give_or_begin(partial(_give, desk, job, data), partial(_begin, desk, job, data), is_own=True)


def _give(desk: Desk, job: Job, data: Context) -> Outcome | None:
    """Give a message to who awaits it, once; None if nobody does."""
    name, key = data["message"], data["key"]
    before = desk.wiring.store.remembered(desk.tenant, "send", job.id)
    if before is not None and not key:
        return DELIVERED
    waits = [(case, wait) for case, wait in desk.wiring.store.waits(desk.tenant, name, key or None, None) if case != job.case]
    if len(waits) > 1 and not key:
        return _not_yet(desk, data, len(waits))
    first = before.result if before is not None else waits[0][0] if waits else ""
    for case, wait in waits:
        address = Context({"case": case, "wait": str(wait.wait), "message": name, "data": data["data"]})
        _deliver(desk, job, address, key=job.id if case == first else f"{job.id}:{case}")
    return DELIVERED if first else None


def _begin(desk: Desk, job: Job, data: Context) -> Outcome:
    starts = ((data["start"], data["element"]),) if "start" in data else desk.versions.beginnings(data["message"])
    if len(starts) != 1:
        return _not_yet(desk, data, len(starts))
    ((procedure, element),) = starts
    _deliver(desk, job, Context({**data, "start": procedure, "element": element}), key=job.id)
    return DELIVERED


def _not_yet(desk: Desk, data: Context, count: int) -> Outcome:
    is_kept = desk.wiring.clock.now() < datetime.fromisoformat(data["until"])
    return failure("EF-A046" if count else "EF-A044", may_pass=is_kept, name=data["message"], until=data["until"], count=str(count))

# SPDX-License-Identifier: Apache-2.0
"""Finds who awaits a message or signal from outside, and gives it to them, or begins a case by it, or keeps it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from egov_flow.agency.authorising import is_administrator
from egov_flow.agency.commands import kernel_command
from egov_flow.agency.conversing import give_or_begin
from egov_flow.agency.desk import Desk
from egov_flow.agency.incoming import keep
from egov_flow.agency.starting import check_start, start
from egov_flow.agency.throwing import INCOMING, KEPT_FOR
from egov_flow.agency.waking import OF_A_CASE, correlation_key
from egov_flow.data import Context
from egov_flow.errors import AlreadyCompleted, ConflictError, NotAllowed, NotFound
from egov_flow.kernel import SIGNAL
from egov_flow.ports import Store
from egov_flow.values import Actor, CaseFilter, CaseRecord, Command, Wait
from egov_flow.work import OVERSIGHT

__all__ = ["broadcast", "deliver", "send"]


def send(
    desk: Desk,
    message: str,
    data: Context,
    *,
    correlate: Context,
    by: Actor,
    key: str | None,
    time: timedelta | None,
    connection: object | None,
) -> CaseRecord:
    """Deliver a message, or keep it for some time if nobody awaits it; return the case that got it, or that keeps it.

    Raises:
        NotFound: no case awaits it, and it is not to be kept.
        ConflictError: several do.
    """
    store = desk.store(connection)
    before = store.remembered(desk.tenant, "start", key) if key is not None else None
    kept = store.load(desk.tenant, before.result) if before is not None else None
    if kept is None or kept.procedure != INCOMING:
        try:
            return deliver(desk, message, data, correlate=correlate, by=by, key=key, connection=connection)
        except NotFound:
            if time is None:
                raise
    return keep(desk, message, data, correlate=correlate, by=by, key=key, time=KEPT_FOR if time is None else time, connection=connection)


def deliver(
    desk: Desk, message: str, data: Context, *, correlate: Context, by: Actor, key: str | None, connection: object | None = None
) -> CaseRecord:
    """Give a message to the one case that awaits it, or begin a case where a message start event of its name is deployed; return that case.

    One that belongs to others by a correlation key begins a case only where those others are awaited then.

    Raises:
        NotFound: no case awaits it, or none that `correlate` names, and it begins none.
        ConflictError: several do.
    """
    store = desk.store(connection)
    give = partial(_give, desk, message, data, correlate=correlate, by=by, key=key, connection=connection)
    begin = partial(_begin, desk, message, data, correlate=correlate, by=by, key=key, connection=connection)
    if key is not None and store.remembered(desk.tenant, "send", key) is None and store.remembered(desk.tenant, "start", key) is not None:
        return begin()
    return give_or_begin(give, begin, is_own=connection is None)


def _give(
    desk: Desk, message: str, data: Context, *, correlate: Context, by: Actor, key: str | None, connection: object | None
) -> CaseRecord | None:
    """Let the case step that awaits a message, or got it before with the same key; None if there is none."""
    store = desk.store(connection)
    before = store.remembered(desk.tenant, "send", key) if key is not None else None
    found = (before.result, None) if before else _receiver(desk, store, message, correlate, connection)
    if found is None:
        return None
    case, wait = found
    command = Command(kind="send", by=by, target=message, data=data, key=key)
    arguments = Context({"wait": str(wait.wait)}) if wait else Context()
    prepare = kernel_command(desk.wiring, command, arguments=arguments, element=wait.element if wait else "")
    return desk.execute(case, command, prepare, connection=connection)


def _begin(
    desk: Desk, message: str, data: Context, *, correlate: Context, by: Actor, key: str | None, connection: object | None
) -> CaseRecord:
    """Begin a case by a message.

    Raises:
        NotFound: it begins none, or is for one that is there.
        ConflictError: it could begin several.
    """
    is_for_one = not correlate.keys().isdisjoint(OF_A_CASE)
    found = () if is_for_one else desk.versions.beginnings(message, joined=bool(correlate))
    if not found:
        raise NotFound("EF-A016", message=message)
    if len(found) > 1:
        raise ConflictError("EF-A017", message=message, count=len(found))
    procedure, element = found[0]
    correlated = correlation_key(correlate)
    return start(desk, procedure, data, by=by, key=key, at=element, message=message, correlated=correlated, connection=connection)


def broadcast(desk: Desk, signal: str, data: Context, *, by: Actor, key: str | None, connection: object | None) -> list[CaseRecord]:
    """Give a signal to every case that waits for it, and begin a case at every start event for it; return those cases.

    A case that cannot take it now, because it is suspended, does not get it.

    Raises:
        NotAllowed: only the system and administrators may reach every case.
        InvalidData: the data does not fit the form of a start event that it would begin a case at; no case has got it then.
    """
    if not is_administrator(desk.wiring, by):
        raise NotAllowed("EF-A003", actor=by.id, command="signal", needed=OVERSIGHT)
    store, reached = desk.store(connection), []
    name = SIGNAL + signal
    begun_here = desk.versions.beginnings(name)
    for procedure, element in begun_here:  # before any case has it
        check_start(desk.versions.newest(procedure)[1].procedure, element, data)
    cases = sorted({case for case, _ in store.waits(desk.tenant, name, None, None)})
    for case in cases:
        command = Command(kind="signal", by=by, target=signal, data=data, key=None if key is None else f"{key}:{case}")
        try:
            reached.append(desk.execute(case, command, kernel_command(desk.wiring, command), connection=connection))
        except (AlreadyCompleted, ConflictError, NotFound):
            continue  # suspended or ended, or it waits for it no more since what was due has run
    for procedure, element in begun_here:
        begun = None if key is None else f"{key}:{procedure}:{element}"
        reached.append(start(desk, procedure, data, by=by, key=begun, at=element, connection=connection))
    return reached


def _receiver(desk: Desk, store: Store, message: str, correlate: Context, connection: object | None) -> tuple[str, Wait] | None:
    case = _case(desk, store, message, correlate)
    key = correlation_key(Context({k: v for k, v in correlate.items() if k not in OF_A_CASE}))
    found = store.waits(desk.tenant, message, key, case)
    receivers = {case} if case is not None else {owner for owner, _ in found}
    if sum(desk.catch_up(receiver, connection) for receiver in sorted(receivers)):
        found = store.waits(desk.tenant, message, key, case)  # a timer that was due may have ended one wait and begun another
    if len(found) > 1:
        raise ConflictError("EF-A017", message=message, count=len(found))
    return found[0] if found else None


def _case(desk: Desk, store: Store, message: str, correlate: Context) -> str | None:
    if "case" in correlate:
        return str(correlate["case"])
    if "number" not in correlate:
        return None
    found = store.cases(desk.tenant, CaseFilter(number=str(correlate["number"]), limit=1))
    if not found:
        raise NotFound("EF-A016", message=message)
    return found[0].id

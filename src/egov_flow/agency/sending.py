# SPDX-License-Identifier: Apache-2.0
"""Finds the case that awaits a message, and gives it to it."""

from __future__ import annotations

from egov_flow.agency.commands import kernel_command
from egov_flow.agency.desk import Desk
from egov_flow.data import Context, encode
from egov_flow.errors import ConflictError, NotFound
from egov_flow.ports import Store
from egov_flow.values import Actor, CaseFilter, CaseRecord, Command, Wait

__all__ = ["deliver"]


def deliver(
    desk: Desk, message: str, data: Context, *, correlate: Context, by: Actor, key: str | None, connection: object | None
) -> list[CaseRecord]:
    """Give a message to the one case that awaits it, and return that case.

    Raises:
        NotFound: no case awaits it, or none that `correlate` names.
        ConflictError: several do.
    """
    store = desk.store(connection)
    before = store.remembered(desk.tenant, "send", key) if key is not None else None
    case, wait = (before.result, None) if before else _receiver(desk, store, message, correlate, connection)
    arguments = Context({"wait": str(wait.wait)}) if wait else Context()
    command = Command(kind="send", by=by, target=message, data=data, key=key)
    prepare = kernel_command(desk.wiring, command, arguments=arguments, element=wait.element if wait else "")
    return [desk.execute(case, command, prepare, connection=connection)]


def _receiver(desk: Desk, store: Store, message: str, correlate: Context, connection: object | None) -> tuple[str, Wait]:
    case = _case(desk, store, message, correlate)
    key = correlation_key(Context({k: v for k, v in correlate.items() if k not in {"number", "case"}}))
    found = store.waits(desk.tenant, message, key, case)
    receivers = {case} if case is not None else {owner for owner, _ in found}
    if sum(desk.catch_up(receiver, connection) for receiver in sorted(receivers)):
        found = store.waits(desk.tenant, message, key, case)  # a timer that was due may have ended one wait and begun another
    if not found:
        raise NotFound("EF-A016", message=message)
    if len(found) > 1:
        raise ConflictError("EF-A017", message=message, count=len(found))
    return found[0]


def _case(desk: Desk, store: Store, message: str, correlate: Context) -> str | None:
    if "case" in correlate:
        return str(correlate["case"])
    if "number" not in correlate:
        return None
    found = store.cases(desk.tenant, CaseFilter(number=str(correlate["number"]), limit=1))
    if not found:
        raise NotFound("EF-A016", message=message)
    return found[0].id


def correlation_key(properties: Context) -> str | None:
    """Return the text of a correlation key: that of its value if there is one property, canonical JSON if several, None if none."""
    if not properties:
        return None
    if len(properties) > 1:
        return encode(properties, sort=True).decode()
    (value,) = properties.values()
    return value if isinstance(value, str) else encode(value).decode()

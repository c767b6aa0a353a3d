# SPDX-License-Identifier: Apache-2.0
"""The commands of a case as they were accepted, opened again: for a replay, for the audit, and for what a case was begun with."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.agency.changing import Loaded
from egov_flow.agency.sealing import Seal, place
from egov_flow.data import Context, decode
from egov_flow.errors import StoreError
from egov_flow.ports import CaseStore, Store
from egov_flow.replaying import Entry, History
from egov_flow.values import Actor, CaseRecord, Command, Recorded

__all__ = ["commands", "recording"]


def commands(store: CaseStore, seal: Seal, key: bytes | None, record: CaseRecord) -> Iterator[tuple[Recorded, Context]]:
    """Yield each command of a case with what was sealed of it, in order.

    Raises:
        StoreError: the case's key was destroyed, or a command was changed outside egov_flow or belongs elsewhere.
    """
    for row in store.recorded(record.tenant, record.id):
        secret = decode(seal.open(key, row.payload, place(record.tenant, record.id, "command", row.number), record.id))
        if secret.get("target", row.target) != row.target:  # what older versions sealed does not say it
            raise StoreError("EF-A021", case=record.id)
        yield row, secret


def recording(store: Store, seal: Seal, loaded: Loaded) -> History:
    """Return what was accepted in a case, the state that it led to and the way there, as `ef.replay` takes them."""
    record, version = loaded.record, loaded.version
    gateways = {n.id for n in version.procedure.model.nodes() if n.gateway is not None}
    entered = (c.event.element for c in store.events(record.tenant, record.id) if c.event.kind == "entered")
    return History(
        case=record.id,
        procedure=record.procedure,
        version=record.version,
        sha256=record.sha256,
        engine=record.engine,
        semantics=record.semantics,
        entries=tuple(_entry(row, secret) for row, secret in commands(store, seal, loaded.key, record)),
        marking=version.engine.dump(version.program, loaded.state),
        path=tuple(e for e in entered if e not in gateways),
    )


def _entry(row: Recorded, secret: Context) -> Entry:
    command = Command(
        kind=row.kind, by=Actor(row.actor), target=row.target, data=secret["data"], arguments=secret["arguments"], reason=row.reason
    )
    return Entry(command=command, at=row.at, element=secret["element"])

# SPDX-License-Identifier: Apache-2.0
"""What a command on a case writes: its events in the chain, the command and the state sealed, work, jobs, timers and marks. Nothing is stored here."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import attrs

from egov_flow.agency.drafting import Draft, draft_rows
from egov_flow.agency.folders import Folder
from egov_flow.agency.parting import Cut, Kept, keep
from egov_flow.agency.recording import Permit, events
from egov_flow.agency.sealing import place, state_digest
from egov_flow.agency.throwing import throw_messages
from egov_flow.agency.versions import Version, Versions
from egov_flow.agency.waking import letter_waits
from egov_flow.agency.wiring import Wiring
from egov_flow.audit import chain, salted
from egov_flow.data import EMPTY, Context, digest, encode
from egov_flow.ports import Store
from egov_flow.procedure import Procedure
from egov_flow.values import CaseRecord, ChainedEvent, Change, Command, Fence, Recorded, Remembered, SearchMark
from egov_flow.work import person_of

__all__ = ["Loaded", "change_of", "payload_digest", "searchable"]

SALT_BYTES = 32


@attrs.define(kw_only=True)
class Loaded:
    """A case as it stands, with all that a command needs."""

    folder: Folder
    version: Version

    @property
    def record(self) -> CaseRecord:
        """Return the case's row."""
        return self.folder.record

    @property
    def key(self) -> bytes:
        """Return the case's key."""
        return self.folder.key

    @property
    def state(self) -> Any:
        """Return the engine's state; None before the start."""
        return self.folder.state


def change_of(
    wiring: Wiring,
    versions: Versions,
    loaded: Loaded,
    draft: Draft,
    *,
    permit: Permit,
    asked: Command,
    store: Store,
    fence: Fence | None = None,
) -> tuple[Change, Any, Cut]:
    """Return what a drafted command writes, the state after it, and how that is cut.

    Args:
        asked: the command as it was given; the draft's may say more, but a key that is used again is compared with this one.
        store: where the rows that change are read.
        fence: of the leased job that the command reports.
    """
    draft.priority = partial(_priority, wiring)
    draft_rows(draft, store, wiring.seal)
    throw_messages(draft, store, wiring.seal, versions.beginnings)
    record = loaded.record
    state = draft.step.state if draft.step else loaded.state
    marking = loaded.version.engine.dump(loaded.version.program, state)
    number = record.state_version + 1
    kept = keep(wiring.seal, loaded.key, marking, before=record, number=number, last=loaded.folder.cut)
    salt = wiring.ids.random(SALT_BYTES)
    chained = _chained(wiring, draft, permit, salt, state_digest(loaded.key, marking.clear, marking.secret))
    after = _after(record, draft, kept, chained[-1])
    step = draft.step
    change = Change(
        tenant=record.tenant,
        case=after,
        expected=record.state_version,
        events=chained,
        recorded=_recorded(wiring, loaded, draft, number, salt),
        tasks=tuple(draft.tasks),
        opened=draft.opened,
        jobs=tuple(draft.jobs),
        timers=step.timers if step else (),
        waits=(*(step.waits if step else ()), *letter_waits(wiring.keys, draft)),
        deadlines=tuple(draft.deadlines),
        incidents=tuple(draft.incidents),
        remembered=_remember(asked, record, draft.now),
        parts=kept.parts,
        search=_search(wiring, loaded, state),
        fence=fence,
    )
    return change, state, kept.cut


def _after(record: CaseRecord, draft: Draft, kept: Kept, last: ChainedEvent) -> CaseRecord:
    """Return the case's row after a command; named field by field, since `attrs.evolve` takes half as long again."""
    return CaseRecord(
        tenant=record.tenant,
        id=record.id,
        number=record.number,
        procedure=record.procedure,
        version=record.version,
        sha256=record.sha256,
        engine=record.engine,
        semantics=record.semantics,
        status=draft.step.status if draft.step else record.status,
        applicant=record.applicant,
        parent=record.parent,
        clear=kept.clear,
        payload=kept.payload,
        state_version=record.state_version + 1,
        last_seq=last.event.case_seq,
        last_leaf=last.leaf,
        created=record.created,
        updated=draft.now,
    )


def _chained(wiring: Wiring, draft: Draft, permit: Permit, salt: bytes, digest_of_state: str) -> tuple[ChainedEvent, ...]:
    """Return the events of a drafted command, behind the newest one of its case."""
    command = draft.command
    told = events(
        command,
        draft.occurrences,
        record=draft.record,
        now=draft.now,
        permit=permit,
        person=person_of(command.by, wiring.confirmed(command.by)),
        element=draft.element,
        data_digest=salted(salt, Context({"data": command.data, "arguments": command.arguments})),
        state_digest=digest_of_state,
    )
    return chain(told, draft.record.last_leaf)


def _search(wiring: Wiring, loaded: Loaded, state: Any) -> tuple[SearchMark, ...]:
    """Return the marks of the searchable variables that the command changed."""
    names = searchable(loaded.version.procedure)
    if not names:
        return ()
    engine, program, procedure = loaded.version.engine, loaded.version.program, loaded.record.procedure
    before = engine.view(program, loaded.state).variables if loaded.state is not None else EMPTY
    after = engine.view(program, state).variables
    changed = (name for name in names if before.get(name) != after.get(name))
    return tuple(wiring.keys.mark(loaded.record.tenant, procedure, name, after.get(name)) for name in changed)


def _priority(wiring: Wiring, handler: str) -> int:
    handling = wiring.handling(handler)
    return handling.priority if handling is not None else 0


def _recorded(wiring: Wiring, loaded: Loaded, draft: Draft, number: int, salt: bytes) -> Recorded:
    case, command = loaded.record.id, draft.command
    told = {"target": command.target, "data": command.data, "arguments": command.arguments, "element": draft.element}
    secret = Context({**told, "salt": salt.hex()})
    return Recorded(
        case=case,
        number=number,
        kind=command.kind,
        target=command.target,
        at=draft.now,
        actor=command.by.id,
        reason=command.reason,
        payload=wiring.seal.close(loaded.key, encode(secret), place(loaded.record.tenant, case, "command", number)),
    )


def _remember(command: Command, record: CaseRecord, now: datetime) -> Remembered | None:
    if command.key is None:
        return None
    scope = record.procedure if command.kind == "start" else record.id
    return Remembered(kind=command.kind, key=command.key, digest=payload_digest(command, scope), result=record.id, at=now)


def searchable(procedure: Procedure) -> tuple[str, ...]:
    """Return the names of the variables by which cases of a procedure are found."""
    return tuple(rule.name for rule in procedure.data if rule.protection == "searchable")


def payload_digest(command: Command, scope: str) -> str:
    """Return what must be equal when a key is used again."""
    return digest(
        Context(
            {
                "scope": scope,
                "by": command.by.id,
                "target": command.target,
                "data": command.data or EMPTY,
                "arguments": command.arguments or EMPTY,
                "reason": command.reason,
            }
        )
    )

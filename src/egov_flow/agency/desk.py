# SPDX-License-Identifier: Apache-2.0
"""The desk: every command on a case passes here. Load, authorise, validate, step, commit; one transaction a command.

Before any command, what is due of its case runs: a command that comes late finds the case where the law has put it, not where nobody looked.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import attrs

from egov_flow.agency.drafting import Draft, draft_rows
from egov_flow.agency.folders import Folder, view
from egov_flow.agency.parting import Cut, keep, opened
from egov_flow.agency.recording import Permit, events
from egov_flow.agency.sealing import place, state_digest
from egov_flow.agency.throwing import throw_messages
from egov_flow.agency.versions import Version, Versions
from egov_flow.agency.waking import kept_for, letter_waits
from egov_flow.agency.wiring import Wiring
from egov_flow.audit import chain, salted
from egov_flow.data import EMPTY, Context, digest, encode
from egov_flow.errors import AlreadyCompleted, ConflictError, EgovFlowError, NotFound
from egov_flow.ports import Store
from egov_flow.procedure import Procedure
from egov_flow.values import CaseRecord, Change, Command, Due, Fence, Recorded, Remembered, SearchMark
from egov_flow.work import person_of

__all__ = ["Desk", "Loaded", "searchable"]

TRIES = 8
"""How often a command that lost a race for the case is tried again on the newer state."""
HOT_STATES = 512
TIMED = frozenset({"due", "expire"})
"""The commands by which time itself acts."""
LOST_RACE = frozenset({"EF-S001", "EF-S003", "EF-S009", "EF-S024"})
"""The store's words for: somebody else changed the case since it was loaded."""
SUBJECT_IS_KNOWN = "EF-S025"
"""The store's word for: somebody made a key for the same person at the same moment."""
SALT_BYTES = 32
REFUSALS = (AlreadyCompleted, ConflictError, NotFound)
"""How a case refuses what time does to it: it was suspended or ended meanwhile, or somebody else was quicker."""
NONE_EXPIRED: frozenset[str] = frozenset()


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


Prepare = Callable[[Loaded, Store, datetime], tuple[Permit, "Draft"]]
"""Checks a command on a loaded case and drafts what it writes; raises when it is refused."""


DueCommand = Callable[[Wiring, Due], tuple[Command, Prepare]]
"""Makes the command that follows when the time of a timer or deadline has come."""


@attrs.define
class Desk:
    """Executes commands of one tenant. Thread-safe: the store's version check decides races, the cache only saves reading."""

    wiring: Wiring
    versions: Versions
    tenant: str
    due_command: DueCommand
    _woken: list[str] = attrs.Factory(list)
    _hot: OrderedDict[str, Folder] = attrs.Factory(OrderedDict)
    _lock: threading.Lock = attrs.Factory(threading.Lock)

    # ---- commands on an existing case

    def execute(
        self,
        case: str,
        command: Command,
        prepare: Prepare,
        *,
        connection: object | None = None,
        fence: Fence | None = None,
        expired: frozenset[str] = NONE_EXPIRED,
    ) -> CaseRecord:
        """Execute a command, again on the newer state when it lost a race; return the case as committed.

        Raises:
            NotFound, NotAllowed, AlreadyCompleted, InvalidData, ConflictError: refused; nothing was changed.
            StoreError: the database did not take it; nothing was changed.
        """
        store = self.store(connection)
        is_fresh, loaded = self._taken_up(case, command, connection)
        for last in range(TRIES - 1, -1, -1):
            before = self._remembered(store, command, case)
            if before is not None:
                return (loaded if is_fresh else self.load(case, store)).record
            now = max(self.wiring.clock.now(), loaded.record.updated)
            seen = view(store, loaded.folder)
            try:
                permit, draft = prepare(loaded, seen, now)
                change, state, cut = self._change(loaded, draft, permit, command, fence=fence, store=seen)
            except EgovFlowError:
                if is_fresh:
                    raise
                is_fresh, loaded = self._taken_up(case, command, connection, fresh=True)
                continue
            try:
                store.commit(change)
            except ConflictError as conflict:
                if conflict.code not in LOST_RACE or connection is not None or not last:
                    raise
                is_fresh, loaded = self._taken_up(case, command, connection, fresh=True)
                continue
            record = self._committed(change, loaded.folder, state, cut)
            if connection is None:
                self._wake(change)
            return self._expire_again(record, draft, expired, connection)
        raise AssertionError("the loop returns or raises")

    def _taken_up(self, case: str, command: Command, connection: object | None, *, fresh: bool = False) -> tuple[bool, Loaded]:
        """Return a case whose timers and deadlines have run, and whether it was read just now.

        One that lies on the desk is not read: if it has changed since, the commit is refused, for its events then follow none that is stored. What
        is refused before that may be refused for what is no more so, and is tried again on the case as it is.
        """
        store = self.store(connection)
        folder = None if fresh or connection is not None else self._lying(case)
        loaded = self.load(case, store) if folder is None else Loaded(folder=folder, version=self.versions.of(folder.record))
        if command.kind not in TIMED and self._catch_up(loaded, connection):
            return True, self.load(case, store)
        return folder is None, loaded

    def _expire_again(self, record: CaseRecord, draft: Draft, expired: frozenset[str], connection: object | None) -> CaseRecord:
        """Let a deadline that has expired before fire the events that only now await it, each once; return the case as it then stands.

        The law has not waited until the case came to where the diagram catches the expiry; the kernel keeps no deadlines, so that it is told again.
        """
        for element, name in self._awaited_late(record, draft, connection):
            if element not in expired:
                expired |= {element}
                command, prepare = self.due_command(self.wiring, Due("deadline", record.id, name, draft.now))
                with suppress(*REFUSALS):  # what led here is committed, and is not answered by a refusal of what follows
                    record = self.execute(record.id, command, prepare, connection=connection, expired=expired)
        return record

    def _awaited_late(self, record: CaseRecord, draft: Draft, connection: object | None) -> list[tuple[str, str]]:
        """Return (element, deadline) for each event that a step began to await although its deadline has expired before."""
        step, procedure = draft.step, draft.version.procedure
        if step is None or step.status != "running" or not procedure.deadlines:
            return []
        linked = {link.element: link.expires for link in procedure.links if link.expires}
        began = [(o.element, linked[o.element]) for o in step.occurrences if o.kind == "waiting" and o.element in linked]
        if not began:
            return []
        known = {d.name for d in self.store(connection).deadlines(self.tenant, record.id) if d.status == "expired"}
        return [(element, name) for element, name in dict.fromkeys(began) if name in known]

    def catch_up(self, case: str, connection: object | None = None) -> int:
        """Run the timers and deadlines of a case whose time has come, in the order of their time; return how many ran.

        What the case refuses stays due.
        """
        return self._catch_up(self.load(case, self.store(connection)), connection)

    def _catch_up(self, loaded: Loaded, connection: object | None) -> int:
        store, ran = self.store(connection), 0
        refused: set[Due] = set()
        while True:
            found = loaded.folder.due(store, self.wiring.clock.now())
            item = next((due for due in found if due not in refused), None)
            if item is None:
                return ran
            if self.run_due(item, connection):
                ran += 1
            else:
                refused.add(item)
            loaded = self.load(item.case, store)

    def run_due(self, item: Due, connection: object | None = None) -> bool:
        """Run one timer or deadline whose time has come; say whether the case took it."""
        command, prepare = self.due_command(self.wiring, item)
        try:
            self.execute(item.case, command, prepare, connection=connection)
        except REFUSALS:
            return False
        return True

    def run_all_due(self, items: Sequence[Due]) -> int:
        """Run timers or deadlines of different cases with one commit, or one by one if somebody else was quicker; return how many ran."""
        store, prepared = self.wiring.store, []
        for item in items:
            command, prepare = self.due_command(self.wiring, item)
            try:
                loaded = self.load(item.case, store)
                now = max(self.wiring.clock.now(), loaded.record.updated)
                seen = view(store, loaded.folder)
                permit, draft = prepare(loaded, seen, now)
            except REFUSALS:
                continue
            prepared.append((item, draft, loaded.folder, *self._change(loaded, draft, permit, command, fence=None, store=seen)))
        if not prepared:
            return 0
        try:
            store.commit(*(change for *_, change, _, _ in prepared))
        except ConflictError:
            return sum(self.run_due(item) for item, *_ in prepared)
        for _, draft, folder, change, state, cut in prepared:
            record = self._committed(change, folder, state, cut)
            self._wake(change)
            self._expire_again(record, draft, NONE_EXPIRED, None)
        return len(prepared)

    def load(self, case: str, store: Store) -> Loaded:
        """Return the case as stored, its state opened and loaded."""
        record = store.load(self.tenant, case)
        if record is None:
            raise NotFound("EF-A001", case=case)
        return self.loaded(record, store)

    def loaded(self, record: CaseRecord, store: Store) -> Loaded:
        """Return a case whose row was just read or written."""
        version, folder = self.versions.of(record), self._cached(record)
        if folder is None:
            key = self.wiring.keys.of(store, self.tenant, record.id)
            state = version.engine.load(version.program, opened(store, self.wiring.seal, key, record))
            folder = self._lay(Folder(record, key or b"", state))
        return Loaded(folder=folder, version=version)

    def may_have_jobs(self, record: CaseRecord) -> bool:
        """Say whether jobs may wait to be run now: those of a case, or of others that keep a message which is awaited since a commit."""
        folder = self._cached(record)
        return bool(self._woken) or folder is None or folder.may_have_jobs(self.wiring.store)

    def take_woken(self) -> list[str]:
        """Return, once, the cases that keep a message which is awaited since a commit; only where jobs run inline are there any."""
        with self._lock:
            woken, self._woken = self._woken, []
        return woken

    # ---- a new case

    def start(self, version: Version, record: CaseRecord, command: Command, permit: Permit, *, connection: object | None) -> CaseRecord:
        """Start a case; with the key of an earlier start, return what that started."""
        store = self.store(connection)
        before = self._remembered(store, command, record.procedure)
        if before is not None:
            return self._found(store, before.result)
        new = self.wiring.keys.new(store, self.tenant, record.id, record.applicant)
        loaded = Loaded(folder=Folder.new(record, new.key), version=version)
        draft = Draft(record=record, version=version, command=command, now=record.created, key=new.key)
        draft.step = version.engine.step(version.program, None, command, record.created)
        change, state, cut = self._change(loaded, draft, permit, command, fence=None, store=store)
        try:
            store.commit(attrs.evolve(change, keys=new.kept, subject=new.subject))
        except ConflictError as conflict:
            if conflict.code == SUBJECT_IS_KNOWN and connection is None:
                return self.start(version, record, command, permit, connection=None)  # with the key that was made first
            # the same key was used by somebody at the same moment: theirs is the first result
            first = self._remembered(store, command, record.procedure) if connection is None else None
            if first is None:
                raise
            return self._found(store, first.result)
        record = self._committed(change, loaded.folder, state, cut)
        if connection is None:
            self._wake(change)
        return self._expire_again(record, draft, NONE_EXPIRED, connection)

    # ---- pieces

    def store(self, connection: object | None) -> Store:
        """Return the store, inside the caller's transaction if there is one."""
        return self.wiring.store if connection is None else self.wiring.store.joined(connection)

    def _found(self, store: Store, case: str) -> CaseRecord:
        record = store.load(self.tenant, case)
        if record is None:
            raise NotFound("EF-A001", case=case)
        return record

    def _remembered(self, store: Store, command: Command, scope: str) -> Remembered | None:
        if command.key is None:
            return None
        found = store.remembered(self.tenant, command.kind, command.key)
        if found is not None and found.digest != _payload_digest(command, scope):
            raise ConflictError("EF-A005", key=command.key, command=command.kind)
        return found

    def _change(
        self, loaded: Loaded, draft: Draft, permit: Permit, asked: Command, *, fence: Fence | None, store: Store
    ) -> tuple[Change, Any, Cut]:
        """Return what a drafted command writes, the state after it, and how that is cut."""
        draft.priority = self._priority
        draft_rows(draft, store, self.wiring.seal)
        throw_messages(draft, store, self.wiring.seal, self.versions.beginnings)
        record, command, now = loaded.record, draft.command, draft.now
        state = draft.step.state if draft.step else loaded.state
        marking = loaded.version.engine.dump(loaded.version.program, state)
        number = record.state_version + 1
        kept = keep(self.wiring.seal, loaded.key, marking, before=record, number=number, last=loaded.folder.cut)
        salt = self.wiring.ids.random(SALT_BYTES)
        chained = chain(
            events(
                command,
                draft.occurrences,
                record=record,
                now=now,
                permit=permit,
                person=person_of(command.by, self.wiring.confirmed(command.by)),
                element=draft.element,
                data_digest=salted(salt, Context({"data": command.data, "arguments": command.arguments})),
                state_digest=state_digest(loaded.key, marking.clear, marking.secret),
            ),
            record.last_leaf,
        )
        after = attrs.evolve(
            record,
            status=draft.step.status if draft.step else record.status,
            clear=kept.clear,
            payload=kept.payload,
            state_version=number,
            last_seq=chained[-1].event.case_seq,
            last_leaf=chained[-1].leaf,
            updated=now,
        )
        step = draft.step
        change = Change(
            tenant=self.tenant,
            case=after,
            expected=record.state_version,
            events=chained,
            recorded=self._recorded(loaded, draft, number, salt),
            tasks=tuple(draft.tasks),
            jobs=tuple(draft.jobs),
            timers=step.timers if step else (),
            waits=(*(step.waits if step else ()), *letter_waits(self.wiring.keys, draft)),
            deadlines=tuple(draft.deadlines),
            incidents=tuple(draft.incidents),
            remembered=self._remember(asked, record, now),
            parts=kept.parts,
            search=self._search(loaded, state),
            fence=fence,
        )
        return change, state, kept.cut

    def _search(self, loaded: Loaded, state: Any) -> tuple[SearchMark, ...]:
        """Return the marks of the searchable variables that the command changed."""
        names = searchable(loaded.version.procedure)
        if not names:
            return ()
        engine, program, procedure = loaded.version.engine, loaded.version.program, loaded.record.procedure
        before = engine.view(program, loaded.state).variables if loaded.state is not None else EMPTY
        after = engine.view(program, state).variables
        changed = (name for name in names if before.get(name) != after.get(name))
        return tuple(self.wiring.keys.mark(self.tenant, procedure, name, after.get(name)) for name in changed)

    def _priority(self, handler: str) -> int:
        handling = self.wiring.handling(handler)
        return handling.priority if handling is not None else 0

    def _recorded(self, loaded: Loaded, draft: Draft, number: int, salt: bytes) -> Recorded:
        case, command = loaded.record.id, draft.command
        secret = Context({"data": command.data, "arguments": command.arguments, "salt": salt.hex(), "element": draft.element})
        return Recorded(
            case=case,
            number=number,
            kind=command.kind,
            target=command.target,
            at=draft.now,
            actor=command.by.id,
            reason=command.reason,
            payload=self.wiring.seal.close(loaded.key, encode(secret), place(self.tenant, case, "command", number)),
        )

    def _remember(self, command: Command, record: CaseRecord, now: datetime) -> Remembered | None:
        if command.key is None:
            return None
        scope = record.procedure if command.kind == "start" else record.id
        return Remembered(kind=command.kind, key=command.key, digest=_payload_digest(command, scope), result=record.id, at=now)

    def _cached(self, record: CaseRecord) -> Folder | None:
        folder = self._lying(record.id)
        return folder if folder is not None and folder.record.last_leaf == record.last_leaf else None

    def _lying(self, case: str) -> Folder | None:
        with self._lock:
            return self._hot.get(case)

    def _committed(self, change: Change, folder: Folder, state: Any, cut: Cut) -> CaseRecord:
        return self._lay(folder.after(change, state, cut)).record

    def _wake(self, change: Change) -> None:
        """Let the messages that are kept for what a change awaits be looked at now, not in their next turn."""
        now = self.wiring.clock.now()
        for job in kept_for(self.wiring.keys, self.wiring.store, change):
            try:
                fence = Fence(job.id, job.fence)
                self.wiring.store.commit(Change(tenant=self.tenant, jobs=(attrs.evolve(job, due=now),), fence=fence))
            except ConflictError:
                continue  # somebody looks at it this very moment
            if self.wiring.run_jobs == "inline":
                with self._lock:
                    self._woken.append(job.case)

    def _lay(self, folder: Folder) -> Folder:
        """Lay a folder on the desk; what has lain there longest makes room."""
        with self._lock:
            self._hot[folder.record.id] = folder
            self._hot.move_to_end(folder.record.id)
            while len(self._hot) > HOT_STATES:
                self._hot.popitem(last=False)
        return folder


def searchable(procedure: Procedure) -> tuple[str, ...]:
    """Return the names of the variables by which cases of a procedure are found."""
    return tuple(rule.name for rule in procedure.data if rule.protection == "searchable")


def _payload_digest(command: Command, scope: str) -> str:
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

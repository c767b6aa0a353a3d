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

from egov_flow.agency.changing import Loaded, change_of, payload_digest
from egov_flow.agency.drafting import Draft
from egov_flow.agency.folders import Folder, view
from egov_flow.agency.parting import Cut, opened
from egov_flow.agency.recording import Permit
from egov_flow.agency.versions import Version, Versions
from egov_flow.agency.waking import kept_for
from egov_flow.agency.wiring import Wiring
from egov_flow.errors import AlreadyCompleted, ConflictError, EgovFlowError, NotFound
from egov_flow.ports import Store
from egov_flow.values import CaseRecord, Change, Command, Due, Fence, Remembered

__all__ = ["TRIES", "Claim", "Desk", "Prepare"]

TRIES = 8
"""How often a command that lost a race for the case is tried again on the newer state."""
HOT_STATES = 512
TIMED = frozenset({"due", "expire"})
"""The commands by which time itself acts."""
LOST_RACE = frozenset({"EF-S001", "EF-S003", "EF-S024"})
"""The store's words for: somebody else changed the case since it was loaded."""
SUBJECT_IS_KNOWN = "EF-S025"
"""The store's word for: somebody made a key for the same person at the same moment."""
REFUSALS = (AlreadyCompleted, ConflictError, NotFound)
"""How a case refuses what time does to it: it was suspended or ended meanwhile, or somebody else was quicker."""
NONE_EXPIRED: frozenset[str] = frozenset()


Prepare = Callable[[Loaded, Store, datetime], tuple[Permit, "Draft"]]
"""Checks a command on a loaded case and drafts what it writes; raises when it is refused."""


Claim = Callable[[Change], tuple[Change, ...]]
"""Returns a change and what is committed with it, so that of those who claim the same one wins; raises ConflictError if somebody was quicker."""


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
                change, state, cut = change_of(
                    self.wiring, self.versions, loaded, draft, permit=permit, asked=command, store=seen, fence=fence
                )
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
            self._wake(change, connection)
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
            changed = change_of(self.wiring, self.versions, loaded, draft, permit=permit, asked=command, store=seen)
            prepared.append((item, draft, loaded.folder, *changed))
        if not prepared:
            return 0
        try:
            store.commit(*(change for *_, change, _, _ in prepared))
        except ConflictError:
            return sum(self.run_due(item) for item, *_ in prepared)
        for _, draft, folder, change, state, cut in prepared:
            record = self._committed(change, folder, state, cut)
            self._wake(change, None)
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
        folder = self._cached(record)
        return self.all_loaded((record,), store)[0] if folder is None else Loaded(folder=folder, version=self.versions.of(record))

    def all_loaded(self, records: Sequence[CaseRecord], store: Store) -> list[Loaded]:
        """Return cases whose rows were just read; for the keys of those that do not lie here one question is asked."""
        lying = {record.id: folder for record in records if (folder := self._cached(record)) is not None}
        missing = frozenset(record.id for record in records) - lying.keys()
        keys = self.wiring.keys.of(store, self.tenant, missing) if missing else {}
        return [self._opened(record, lying.get(record.id), keys.get(record.id), store) for record in records]

    def _opened(self, record: CaseRecord, folder: Folder | None, key: bytes | None, store: Store) -> Loaded:
        version = self.versions.of(record)
        if folder is None:
            marking, cut = opened(store, self.wiring.seal, key, record)
            state = version.engine.load(version.program, marking)
            folder = self._lay(Folder.read(record, key or b"", state, cut, version.program))
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

    def start(
        self,
        version: Version,
        record: CaseRecord,
        command: Command,
        permit: Permit,
        *,
        connection: object | None,
        claim: Claim = lambda change: (change,),
    ) -> CaseRecord:
        """Start a case; with the key of an earlier start, return what that started."""
        store = self.store(connection)
        before = self._remembered(store, command, record.procedure)
        if before is not None:
            return self._found(store, before.result)
        new = self.wiring.keys.new(store, self.tenant, record.id, record.applicant)
        loaded = Loaded(folder=Folder.new(record, new.key), version=version)
        draft = Draft(record=record, version=version, command=command, now=record.created, key=new.key)
        draft.step = version.engine.step(version.program, None, command, record.created)
        change, state, cut = change_of(self.wiring, self.versions, loaded, draft, permit=permit, asked=command, store=store)
        try:
            store.commit(*claim(attrs.evolve(change, keys=new.kept, subject=new.subject)))
        except ConflictError as conflict:
            if conflict.code == SUBJECT_IS_KNOWN and connection is None:
                return self.start(version, record, command, permit, connection=None, claim=claim)  # with the key that was made first
            # the same key was used by somebody at the same moment: theirs is the first result
            first = self._remembered(store, command, record.procedure) if connection is None else None
            if first is None:
                raise
            return self._found(store, first.result)
        record = self._committed(change, loaded.folder, state, cut)
        self._wake(change, connection)
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
        if found is not None and found.digest != payload_digest(command, scope):
            raise ConflictError("EF-A005", key=command.key, command=command.kind)
        return found

    def _cached(self, record: CaseRecord) -> Folder | None:
        folder = self._lying(record.id)
        return folder if folder is not None and folder.record.last_leaf == record.last_leaf else None

    def _lying(self, case: str) -> Folder | None:
        with self._lock:
            return self._hot.get(case)

    def _committed(self, change: Change, folder: Folder, state: Any, cut: Cut) -> CaseRecord:
        return self._lay(folder.after(change, state, cut)).record

    def _wake(self, change: Change, connection: object | None) -> None:
        """Let the messages that are kept for what a change awaits be looked at now, or once the caller commits, not in their next turn."""
        store = self.store(connection)
        for job in kept_for(self.wiring.keys, store, change) if change.waits else ():
            try:
                now = self.wiring.clock.now()
                fence = Fence(job.id, job.fence)
                store.commit(Change(tenant=self.tenant, jobs=(attrs.evolve(job, due=now),), fence=fence))
            except ConflictError:
                continue  # somebody looks at it this very moment
            if connection is None and self.wiring.run_jobs == "inline":
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

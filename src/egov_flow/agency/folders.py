# SPDX-License-Identifier: Apache-2.0
"""The folder of a case on the desk: what was read or written of it, kept while the case is at work, and valid for one version of it only.

A command on a case whose folder lies on the desk reads nothing: the store takes its events only if they follow the newest one that it has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, cast

import attrs

from egov_flow.agency.parting import Cut
from egov_flow.kernel import Program, awaited, resting
from egov_flow.ports import Store
from egov_flow.values import CaseRecord, ChainedEvent, Change, Deadline, Due, Incident, Task, TaskFilter

__all__ = ["Folder", "fill", "view"]

V = TypeVar("V")
R = TypeVar("R", Task, Deadline, Incident)
Doers = dict[str, frozenset[str]]
EVER = datetime(9999, 12, 31, tzinfo=UTC)
FEW = 100
"""Commands that a case has had by which it has so few jobs that to read them all costs little."""
MOST = 1000
"""Open tasks, or timers and deadlines, of one case that are kept; of a case with more they are read each time."""


@attrs.define
class Folder:
    """What is known of a case at one version. What was not asked for yet is None, and read when it is.

    Attributes:
        cut: how its state was cut into parts.
        tasks, incidents: the open ones, oldest first; `pending`: timers and running deadlines, by kind and target; `jobs`: ids of waiting ones.
        timers: those that the state of a case awaits which was read; they are in `pending` once that is known.
        doers: the persons that completed each element, whom only the audit trail knows.
    """

    record: CaseRecord
    key: bytes
    state: Any
    cut: Cut
    tasks: dict[str, Task] | None = None
    deadlines: dict[str, Deadline] | None = None
    incidents: dict[str, Incident] | None = None
    pending: dict[tuple[str, str], Due] | None = None
    jobs: frozenset[str] | None = None
    doers: Doers | None = None
    timers: tuple[Due, ...] | None = None

    @classmethod
    def read(cls, record: CaseRecord, key: bytes, state: Any, cut: Cut, program: Any) -> Folder:
        """Return the folder of a case that was read; what our kernel's state tells need not be asked of the store."""
        folder = cls(record, key, state, cut)
        if isinstance(program, Program):
            folder.timers = tuple(Due("timer", record.id, str(a.wait), a.due) for a in awaited(program, state) if a.due is not None)
            # a message on its way is a job that the state knows nothing of
            if not program.has_messages and not resting(program, state, "job"):
                folder.jobs = frozenset()
        return folder

    @classmethod
    def new(cls, record: CaseRecord, key: bytes) -> Folder:
        """Return the folder of a case that is about to start: nothing is in it."""
        return cls(record, key, None, Cut(), {}, {}, {}, {}, frozenset(), {})

    def after(self, change: Change, state: Any, cut: Cut) -> Folder:
        """Return the folder as a change leaves it."""
        record = change.case
        if record is None:
            raise AssertionError("a command on a case writes the case")
        return Folder(
            _as_stored(record),
            self.key,
            state,
            cut,
            _open(self.tasks, change.tasks),
            _kept(self.deadlines, {deadline.name: _as_stored(deadline) for deadline in change.deadlines}),
            _kept(
                self.incidents, {incident.id: _as_stored(incident) if incident.closed is None else None for incident in change.incidents}
            ),
            _kept(self.pending, _pending(record.id, change)),
            _waiting(self.jobs, change),
            _done(self.doers, change.events),
        )

    def may_have_jobs(self, store: Store) -> bool:
        """Say whether jobs may be waiting; of a case that has had many commands, and perhaps as many jobs, this is not looked up."""
        record = self.record
        if self.jobs is None and record.state_version <= FEW:
            self.jobs = frozenset(job.id for job in store.jobs(record.tenant, record.id) if job.status == "waiting")
        return self.jobs is None or bool(self.jobs)

    def open_tasks(self, store: Store) -> dict[str, Task]:
        """Return the open tasks by id, oldest first; of a case with more than `MOST` the oldest, which are read each time."""
        if self.tasks is not None:
            return self.tasks
        record = self.record
        found = {task.id: task for task in store.tasks(record.tenant, TaskFilter(case=record.id, limit=MOST))}
        if len(found) < MOST:
            self.tasks = found
        return found

    def done_by(self, store: Store) -> Doers:
        """Return the persons, not accounts, that have completed each element."""
        if self.doers is None:
            self.doers = _done({}, store.events(self.record.tenant, self.record.id))
        return self.doers or {}

    def due(self, store: Store, now: datetime) -> list[Due]:
        """Return the timers and deadlines whose time has come, earliest first; none of a case that is suspended."""
        record = self.record
        if record.status == "suspended":
            return []
        if self.pending is None:
            found = self._awaited(store)
            if len(found) >= MOST:
                return list(store.due(record.tenant, now, MOST, record.id))
            self.pending = {(due.kind, due.target): due for due in found}
        return sorted((due for due in self.pending.values() if due.due <= now), key=lambda due: (due.due, due.kind, due.target))

    def _awaited(self, store: Store) -> Sequence[Due]:
        record = self.record
        if self.timers is None:
            return store.due(record.tenant, EVER, MOST, record.id)
        running = (d for d in view(store, self).deadlines(record.tenant, record.id) if d.status == "running")
        return (*self.timers, *(Due("deadline", record.id, deadline.name, deadline.due) for deadline in running))


@cache
def _moments(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(kind) if "datetime" in str(field.type))


def _as_stored(row: V) -> V:
    """Return a row as a store gives it back: every moment in UTC."""
    changes: dict[str, Any] = {}
    for name in _moments(cast("Any", type(row))):
        moment = getattr(row, name)
        if moment is not None and moment.tzinfo is not UTC:
            changes[name] = moment.astimezone(UTC)
    return cast("V", attrs.evolve(cast("Any", row), **changes)) if changes else row


def _kept(known: dict[Any, Any] | None, changed: dict[Any, Any]) -> dict[Any, Any] | None:
    if known is None or not changed:
        return known
    kept = {**known, **changed}
    for key in [key for key, value in changed.items() if value is None]:
        del kept[key]
    return kept


def _open(known: dict[str, Task] | None, changed: tuple[Task, ...]) -> dict[str, Task] | None:
    kept = _kept(known, {task.id: _as_stored(task) if task.status == "open" else None for task in changed})
    if kept is None or all(task.status != "open" for task in changed):  # the others stand in their order already
        return kept
    return dict(sorted(kept.items(), key=lambda item: _age(item[1])))


def _pending(case: str, change: Change) -> dict[tuple[str, str], Due | None]:
    changed: dict[tuple[str, str], Due | None] = {}
    for timer in change.timers:
        target = str(timer.wait)
        changed["timer", target] = Due("timer", case, target, timer.due) if timer.due is not None else None
    for deadline in change.deadlines:
        due = Due("deadline", case, deadline.name, deadline.due) if deadline.status == "running" else None
        changed["deadline", deadline.name] = due
    return changed


def _waiting(known: frozenset[str] | None, change: Change) -> frozenset[str] | None:
    if known is None or not change.jobs:
        return known
    waiting = {job.id for job in change.jobs if job.status == "waiting"}
    return (known - {job.id for job in change.jobs}) | waiting


def _done(known: Doers | None, events: Iterable[ChainedEvent]) -> Doers | None:
    if known is None:
        return None
    for chained in events:
        event = chained.event
        if event.kind == "complete":
            known = {**known, event.element: known.get(event.element, frozenset()) | {event.person}}
    return known


class _View:
    """A store that answers questions about one case from its folder, and reads what is not in it."""

    def __init__(self, store: Store, folder: Folder) -> None:
        self._store, self._folder = store, folder
        self._of = (folder.record.tenant, folder.record.id)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def task(self, tenant: str, task: str) -> Task | None:
        found = self._folder.open_tasks(self._store).get(task) if (tenant, task.rpartition("/")[0]) == self._of else None
        return found or self._store.task(tenant, task)

    def deadlines(self, tenant: str, case: str) -> tuple[Deadline, ...]:
        if (tenant, case) != self._of:
            return self._store.deadlines(tenant, case)
        if self._folder.deadlines is None:
            self._folder.deadlines = {deadline.name: deadline for deadline in self._store.deadlines(tenant, case)}
        return tuple(sorted(self._folder.deadlines.values(), key=lambda deadline: (deadline.opened, deadline.name)))

    def incidents(self, tenant: str, case: str | None) -> tuple[Incident, ...]:
        if (tenant, case) != self._of:
            return self._store.incidents(tenant, case)
        if self._folder.incidents is None:
            self._folder.incidents = {incident.id: incident for incident in self._store.incidents(tenant, case)}
        return tuple(sorted(self._folder.incidents.values(), key=lambda incident: _counter(incident.id)))


def fill(folders: Sequence[Folder], tenant: str, store: Store) -> None:
    """Read the open work, deadlines and incidents that do not lie in several folders, with one question for all of a kind."""
    lacking = [folder for folder in folders if folder.tasks is None]
    tasks = store.tasks(tenant, TaskFilter(case=_cases(lacking), limit=MOST)) if lacking else ()
    if len(tasks) < MOST:  # or else each case is asked for its own
        for folder, own in _each(lacking, tasks):
            folder.tasks = {task.id: task for task in own}
    lacking = [folder for folder in folders if folder.deadlines is None]
    for folder, due in _each(lacking, store.deadlines(tenant, _cases(lacking)) if lacking else ()):
        folder.deadlines = {deadline.name: deadline for deadline in due}
    lacking = [folder for folder in folders if folder.incidents is None]
    for folder, found in _each(lacking, store.incidents(tenant, _cases(lacking)) if lacking else ()):
        folder.incidents = {incident.id: incident for incident in found}


def _cases(folders: Sequence[Folder]) -> frozenset[str]:
    return frozenset(folder.record.id for folder in folders)


def _each(folders: Sequence[Folder], rows: Sequence[R]) -> Iterator[tuple[Folder, list[R]]]:
    """Yield each folder with those rows that are of its case, in their order."""
    of: defaultdict[str, list[R]] = defaultdict(list)
    for row in rows:
        of[row.case].append(row)
    for folder in folders:
        yield folder, of[folder.record.id]


def view(store: Store, folder: Folder) -> Store:
    """Return a store that answers questions about a case from its folder as far as it can."""
    return cast("Store", _View(store, folder))


def _age(task: Task) -> tuple[datetime, int]:
    return (task.created, _counter(task.id))


def _counter(identity: str) -> int:
    counter = identity.rpartition("/")[2]
    return int(counter) if counter.isdecimal() else 0

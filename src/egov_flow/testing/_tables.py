# SPDX-License-Identifier: Apache-2.0
"""What the memory store keeps of one tenant, and how a change is checked whole before any of it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, cast

import attrs

from egov_flow.data import EMPTY
from egov_flow.errors import ConflictError, StoreError
from egov_flow.values import (
    CaseKey,
    CaseRecord,
    ChainedEvent,
    Change,
    Deadline,
    Deployment,
    Incident,
    Job,
    Recorded,
    Remembered,
    SubjectKey,
    Task,
    Timer,
    Wait,
)

__all__ = ["REGISTRY", "Tables", "place_in_order", "stored"]

REGISTRY = "registry"

V = TypeVar("V")


def place_in_order(identity: str) -> tuple[str, int]:
    """Return case and counter of an id `<case>/<counter>`, so that 10 comes after 9; the deliveries of messages (`m7.0.2`) come first."""
    case, _, counter = identity.rpartition("/")
    return case, int(counter) if counter.isdecimal() else 0


@cache
def _moments(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(kind) if "datetime" in str(field.type))


def stored(value: V) -> V:
    """Return the value as a database gives it back: every moment in UTC.

    Raises:
        StoreError: a moment has no zone.
    """
    changes: dict[str, Any] = {}
    for name in _moments(cast("Any", type(value))):
        moment = getattr(value, name)
        if isinstance(moment, datetime) and moment.tzinfo is not UTC:
            if moment.utcoffset() is None:
                raise StoreError("EF-S023", field=name)
            changes[name] = moment.astimezone(UTC)
    return cast("V", attrs.evolve(cast("Any", value), **changes)) if changes else value


def _by_case() -> defaultdict[str, dict[Any, Any]]:
    return defaultdict(dict)


@attrs.define
class Tables:
    """The rows of one tenant. Where a case has many rows they are kept by case, then by id."""

    cases: dict[str, CaseRecord] = attrs.field(factory=dict)
    numbers: dict[str, str] = attrs.field(factory=dict)
    recorded: defaultdict[str, dict[int, Recorded]] = attrs.field(factory=_by_case)
    events: defaultdict[str, dict[int, ChainedEvent]] = attrs.field(factory=_by_case)
    tasks: defaultdict[str, dict[str, Task]] = attrs.field(factory=_by_case)
    jobs: defaultdict[str, dict[str, Job]] = attrs.field(factory=_by_case)
    timers: dict[tuple[str, int], Timer] = attrs.field(factory=dict)
    waits: defaultdict[str, dict[tuple[str, int], Wait]] = attrs.field(factory=_by_case)
    awaited: dict[tuple[str, int], str] = attrs.field(factory=dict)
    deadlines: defaultdict[str, dict[str, Deadline]] = attrs.field(factory=_by_case)
    incidents: defaultdict[str, dict[str, Incident]] = attrs.field(factory=_by_case)
    remembered: dict[tuple[str, str], Remembered] = attrs.field(factory=dict)
    deployments: dict[tuple[str, str], Deployment] = attrs.field(factory=dict)
    keys: defaultdict[str, dict[str, CaseKey]] = attrs.field(factory=_by_case)
    subjects: dict[str, SubjectKey] = attrs.field(factory=dict)
    parts: defaultdict[str, dict[str, bytes]] = attrs.field(factory=_by_case)
    search: defaultdict[str, dict[str, str]] = attrs.field(factory=_by_case)
    registry: tuple[int, str] = (0, "")

    def copy(self) -> Tables:
        """Return tables that can be changed without changing these; the rows themselves are frozen and shared."""
        twin = copy(self)
        for field in attrs.fields(Tables):
            rows = copy(getattr(self, field.name))
            if isinstance(rows, defaultdict):
                for case, inner in rows.items():
                    rows[case] = dict(inner)
            setattr(twin, field.name, rows)
        return twin

    def put(self, change: Change) -> None:
        """Write a change, or raise and write nothing."""
        change = _stored_change(change)
        self._check(change)
        if change.case is not None:
            self.cases[change.case.id] = change.case
            self.numbers[change.case.number] = change.case.id
            self._put_timers_and_waits(change.case.id, change)
            self._put_state(change.case.id, change)
        for chained in change.events:
            self.events[chained.event.case][chained.event.case_seq] = chained
        if _is_of_registry(change):
            self.registry = (change.events[-1].event.case_seq, change.events[-1].leaf)
        self._put_rows(change)

    def _put_rows(self, change: Change) -> None:
        for task in change.tasks:
            self.tasks[task.case][task.id] = task
        for job in change.jobs:
            older = self.jobs[job.case].get(job.id)
            self.jobs[job.case][job.id] = attrs.evolve(job, fence=max(job.fence, older.fence if older else 0))
        for deadline in change.deadlines:
            self.deadlines[deadline.case][deadline.name] = deadline
        for incident in change.incidents:
            self.incidents[incident.case][incident.id] = incident
        if change.recorded is not None:
            self.recorded[change.recorded.case][change.recorded.number] = change.recorded
        if change.remembered is not None:
            self.remembered[change.remembered.kind, change.remembered.key] = change.remembered
        if change.deployment is not None:
            self.deployments[change.deployment.procedure, change.deployment.version] = change.deployment

    def _put_state(self, case: str, change: Change) -> None:
        self.keys[case].update({key.subject: key for key in change.keys})
        if change.subject is not None:
            self.subjects[change.subject.subject] = change.subject
        for part in change.parts:
            if part.content is None:
                self.parts[case].pop(part.name, None)
            else:
                self.parts[case][part.name] = part.content
        for found in change.search:
            self.search[case][found.name] = found.mark

    def _put_timers_and_waits(self, case: str, change: Change) -> None:
        for timer in change.timers:
            if timer.due is None:
                self.timers.pop((case, timer.wait), None)
            else:
                self.timers[case, timer.wait] = timer
        for wait in change.waits:
            name = self.awaited.pop((case, wait.wait), None)
            if name is not None:
                del self.waits[name][case, wait.wait]
            if wait.open:
                self.awaited[case, wait.wait] = wait.name
                self.waits[wait.name][case, wait.wait] = wait

    def _check(self, change: Change) -> None:
        if change.case is not None:
            self._check_case(change.case, change.expected)
            if change.keys and change.expected:
                raise ConflictError("EF-S002", case=change.case.id)
        elif change.timers or change.waits or change.keys or change.parts or change.search:
            raise StoreError("EF-S008", case="")
        if change.subject is not None and change.subject.subject in self.subjects:
            raise ConflictError("EF-S025")
        for case in _cases_of(change):
            if case not in self.cases and (change.case is None or change.case.id != case):
                raise StoreError("EF-S008", case=case)
        for chained in change.events:
            if chained.event.case not in {REGISTRY, change.case.id if change.case is not None else None}:
                raise StoreError("EF-S008", case=chained.event.case)
        if change.recorded is not None and not change.tells(change.recorded):
            raise StoreError("EF-S032", case=change.recorded.case, number=change.recorded.number)
        if change.case is not None:
            self._check_follows(change, change.case)
        self._check_unique(change)
        if change.fence is not None:
            job = self.jobs[place_in_order(change.fence.job)[0]].get(change.fence.job)
            if job is None or job.fence != change.fence.fence or job.status != "waiting":
                raise ConflictError("EF-S006", job=change.fence.job)

    def _check_case(self, case: CaseRecord, expected: int) -> None:
        older = self.cases.get(case.id)
        if case.state_version <= expected:
            raise StoreError("EF-S007", case=case.id)
        if expected and (older is None or older.state_version != expected):
            raise ConflictError("EF-S001", case=case.id, expected=expected)
        if (not expected and older is not None) or self.numbers.get(case.number, case.id) != case.id:
            raise ConflictError("EF-S002", case=case.id)

    def _check_follows(self, change: Change, case: CaseRecord) -> None:
        older = self.cases.get(case.id)
        if older is not None and change.events and not _is_of_registry(change) and change.events[0].prev != older.last_leaf:
            raise ConflictError("EF-S003", case=case.id)

    def _check_unique(self, change: Change) -> None:
        seen = set()
        for chained in change.events:
            event = chained.event
            if event.case_seq in self.events[event.case] or (event.case, event.case_seq) in seen:
                raise ConflictError("EF-S003", case=event.case)
            seen.add((event.case, event.case_seq))
        if _is_of_registry(change):
            _check_registry(change, *self.registry)
        remembered, deployment = change.remembered, change.deployment
        if remembered is not None and (remembered.kind, remembered.key) in self.remembered:
            raise ConflictError("EF-S004", kind=remembered.kind)
        if deployment is not None and (deployment.procedure, deployment.version) in self.deployments:
            raise ConflictError("EF-S005", procedure=deployment.procedure, version=deployment.version)


def _check_registry(change: Change, last_seq: int, last_leaf: str) -> None:
    """Raise ConflictError unless the change's registry events follow the newest one without a gap."""
    for chained in change.events:
        if chained.event.case_seq != last_seq + 1 or chained.prev != last_leaf:
            raise ConflictError("EF-S003", case=REGISTRY)
        last_seq, last_leaf = chained.event.case_seq, chained.leaf


def _is_of_registry(change: Change) -> bool:
    return bool(change.events) and change.events[0].event.case == REGISTRY


def _cases_of(change: Change) -> Iterator[str]:
    for rows in (change.tasks, change.jobs, change.deadlines, change.incidents):
        yield from (row.case for row in rows)


def _stored_change(change: Change) -> Change:
    """The change with every row in its stored form, made before anything is written so that a bad moment writes nothing."""
    single = {name: stored(row) for name in ("case", "recorded", "remembered", "deployment") if (row := getattr(change, name)) is not None}
    return attrs.evolve(
        change,
        **single,
        tasks=tuple(attrs.evolve(stored(task), data=EMPTY) for task in change.tasks),
        jobs=tuple(map(stored, change.jobs)),
        timers=tuple(map(stored, change.timers)),
        deadlines=tuple(map(stored, change.deadlines)),
        incidents=tuple(map(stored, change.incidents)),
    )

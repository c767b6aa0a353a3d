# SPDX-License-Identifier: Apache-2.0
"""Write a `Change`: few statements, each for all rows of its table, sent in the transaction that the caller has open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError

from egov_flow.errors import ConflictError, StoreError
from egov_flow.values import CaseRecord, Change, Deployment, Fence
from egov_flow_adapters.sqlalchemy_store import _rows, _schema, _trail
from egov_flow_adapters.sqlalchemy_store._failures import is_duplicate, is_foreign_key
from egov_flow_adapters.sqlalchemy_store._rows import Mapping
from egov_flow_adapters.sqlalchemy_store._sending import Sending
from egov_flow_adapters.sqlalchemy_store._statements import deleting, inserting, selecting, updating, upserting

__all__ = ["REGISTRY", "write"]

REGISTRY = "registry"
V = TypeVar("V")
Row = Sequence[Any]
Conflict = Callable[[], ConflictError]
_CHANGING = ("version", "sha256", "engine", "semantics", "clear", "payload", "state_version", "last_seq", "last_leaf", "updated")
_TO_CASE = tuple(f"to_{name}" for name in _rows.CASES.keys)
_EXPECTED = ("tenant", "id", "state_version")


def write(sending: Sending, change: Change) -> None:
    """Write the change.

    Raises:
        ConflictError, StoreError: as `CaseStore.commit`, here or when the answers are there; the caller rolls back.
    """
    _check_owner(change)
    if change.case is not None:
        _write_case(sending, change, change.case)
    if change.fence is not None:
        _check_fence(sending, change.tenant, change.fence)
    _write_evidence(sending, change)
    _write_work(sending, change)
    if change.case is not None:
        _write_resting(sending, change, change.case.id)
        _write_state(sending, change, change.case.id)
    if change.deployment is not None:
        _write_deployment(sending, change.tenant, change.deployment)


def _check_owner(change: Change) -> None:
    owner = change.case.id if change.case is not None else None
    if owner is None and (change.timers or change.waits or change.keys or change.parts or change.search):
        raise StoreError("EF-S008", case="")
    for chained in change.events:
        if chained.event.case not in {owner, REGISTRY}:
            raise StoreError("EF-S008", case=chained.event.case)
    if change.recorded is not None and not change.tells(change.recorded):
        raise StoreError("EF-S032", case=change.recorded.case, number=change.recorded.number)


def _write_case(sending: Sending, change: Change, record: CaseRecord) -> None:
    tenant, expected = change.tenant, change.expected
    if record.state_version <= expected:
        raise StoreError("EF-S007", case=record.id)
    if expected:
        _follow(sending, change, record)
    else:
        row = _rows.CASES.row(tenant, record)
        _add(sending, _rows.CASES, [row], lambda: ConflictError("EF-S002", case=record.id))


def _follow(sending: Sending, change: Change, record: CaseRecord) -> None:
    """Write a case over its version before, if that is still the newest and the events follow its last."""
    tenant, expected = change.tenant, change.expected
    values = {"is_tenant": tenant, "is_id": record.id, "is_state_version": expected, "is_status": record.status}
    values.update(zip(_TO_CASE, _rows.CASES.row(tenant, record), strict=True))
    where: tuple[str, ...] = _EXPECTED
    if change.events and change.events[0].event.case == record.id:
        where, values["is_last_leaf"] = (*_EXPECTED, "last_leaf"), change.events[0].prev

    def status_too() -> None:
        statement = updating(_schema.cases, sending.dialect, ("status", *_CHANGING), where)
        sending.send(statement, [values], missed=lambda: _not_followed(sending, tenant, record.id, expected))

    if sending.dialect.name == "sqlite":
        # it writes the index over a status even if that stays, which would be a page more of the log for almost every step
        same = updating(_schema.cases, sending.dialect, _CHANGING, (*where, "status"))
        sending.send(same, [values], missed=status_too)
    else:
        status_too()


def _not_followed(sending: Sending, tenant: str, case: str, expected: int) -> ConflictError:
    """Say whether the case has another version, or the expected one and another newest event."""
    of = {"tenant": tenant, "id": case, "state_version": expected}
    if selecting(_schema.cases, sending.dialect, ("id",), tuple(of)).run(sending.connection, of).first() is None:
        return ConflictError("EF-S001", case=case, expected=expected)
    return ConflictError("EF-S003", case=case)


def _check_fence(sending: Sending, tenant: str, fence: Fence) -> None:
    held = {"is_tenant": tenant, "is_case": _rows.owner(fence.job), "is_id": fence.job, "is_fence": fence.fence}
    held.update(is_status="waiting", to_fence=fence.fence)
    # an update rather than a select: it also keeps the row until the end of the transaction
    statement = updating(_schema.jobs, sending.dialect, ("fence",), ("tenant", "case", "id", "fence", "status"))
    sending.send(statement, [held], missed=lambda: ConflictError("EF-S006", job=fence.job))


def _write_evidence(sending: Sending, change: Change) -> None:
    tenant, recorded, remembered = change.tenant, change.recorded, change.remembered
    if change.events:
        owner = change.events[0].event.case
        if owner == REGISTRY:
            _advance_registry(sending, change)
        rows = [_trail.row(tenant, change.events, recorded)]
        _insert(sending, _schema.events, _trail.COLUMNS, rows, lambda: ConflictError("EF-S003", case=owner))
    if remembered is not None:
        row = _rows.REMEMBERED.row(tenant, remembered)
        _add(sending, _rows.REMEMBERED, [row], lambda: ConflictError("EF-S004", kind=remembered.kind))


def _advance_registry(sending: Sending, change: Change) -> None:
    """Move the head of the registry's chain, if the events follow it without a gap."""
    first = change.events[0]
    seq, leaf = first.event.case_seq - 1, first.prev
    for offset, chained in enumerate(change.events):
        if chained.event.case_seq != seq + 1 + offset or chained.prev != leaf:
            raise ConflictError("EF-S003", case=REGISTRY)
        leaf = chained.leaf
    table, columns, last_seq = _schema.registries, ("last_seq", "last_leaf"), change.events[-1].event.case_seq
    if seq == 0:
        row = (change.tenant, last_seq, leaf)
        _insert(sending, table, ("tenant", *columns), [row], lambda: ConflictError("EF-S003", case=REGISTRY))
        return
    values = {"is_tenant": change.tenant, "is_last_seq": seq, "is_last_leaf": first.prev, "to_last_seq": last_seq, "to_last_leaf": leaf}
    statement = updating(table, sending.dialect, columns, ("tenant", *columns))
    sending.send(statement, [values], missed=lambda: ConflictError("EF-S003", case=REGISTRY))


def _write_work(sending: Sending, change: Change) -> None:
    tenant, table = change.tenant, _schema.candidates
    _upsert(sending, _rows.TASKS, tenant, change.tasks)
    _upsert(sending, _rows.JOBS, tenant, change.jobs)
    _upsert(sending, _rows.DEADLINES, tenant, change.deadlines)
    _upsert(sending, _rows.INCIDENTS, tenant, change.incidents)
    offered = [task for task in change.tasks if task.status == "open"]
    older = [task for task in offered if task.id not in change.opened] if change.expected else []
    if older:
        statement = deleting(table, sending.dialect, ("tenant", "case", "task"))
        sending.send(statement, [{"tenant": tenant, "case": task.case, "task": task.id} for task in older])
    of = [(tenant, task.case, task.id, name) for task in offered for name in sorted(set(task.candidates))]
    if of:
        sending.send(inserting(table, sending.dialect, ("tenant", "case", "task", "name")), of)


def _write_resting(sending: Sending, change: Change, owner: str) -> None:
    timers = {timer.wait: timer for timer in change.timers}
    waits = {wait.wait: wait for wait in change.waits}
    of = {"tenant": change.tenant, "case": owner}
    _forget(sending, _schema.timers, of, "wait", [t.wait for t in timers.values() if t.due is None])
    _forget(sending, _schema.waits, of, "wait", [w.wait for w in waits.values() if not w.open])
    _upsert(sending, _rows.TIMERS, change.tenant, [t for t in timers.values() if t.due is not None], owner)
    _upsert(sending, _rows.WAITS, change.tenant, [w for w in waits.values() if w.open], owner)


def _write_state(sending: Sending, change: Change, owner: str) -> None:
    """Write the parts of a large state, what the case is found by, and its keys."""
    tenant = change.tenant
    parts = {part.name: part for part in change.parts}
    _forget(sending, _schema.parts, {"tenant": tenant, "case": owner}, "name", [p.name for p in parts.values() if p.content is None])
    _upsert(sending, _rows.PARTS, tenant, [p for p in parts.values() if p.content is not None], owner)
    _upsert(sending, _rows.SEARCH, tenant, change.search, owner)
    if change.subject is not None:
        row = _rows.SUBJECT_KEYS.row(tenant, change.subject)
        _add(sending, _rows.SUBJECT_KEYS, [row], lambda: ConflictError("EF-S025"))
    if change.keys:
        if change.expected:
            raise ConflictError("EF-S002", case=owner)
        rows = [_rows.CASE_KEYS.row(tenant, key, owner) for key in change.keys]
        _add(sending, _rows.CASE_KEYS, rows, lambda: ConflictError("EF-S002", case=owner))


def _forget(sending: Sending, table: Table, of: dict[str, str], column: str, ids: Sequence[int | str]) -> None:
    if ids:
        statement = deleting(table, sending.dialect, ("tenant", "case", column))
        sending.send(statement, [{**of, column: number} for number in ids])


def _write_deployment(sending: Sending, tenant: str, deployment: Deployment) -> None:
    def conflict() -> ConflictError:
        return ConflictError("EF-S005", procedure=deployment.procedure, version=deployment.version)

    _add(sending, _rows.DEPLOYMENTS, [_rows.DEPLOYMENTS.row(tenant, deployment)], conflict)
    files = [(tenant, deployment.procedure, deployment.version, path, content) for path, content in deployment.files]
    if files:
        _insert(sending, _schema.deployment_files, ("tenant", "procedure", "version", "path", "content"), files, conflict)


def _add(sending: Sending, mapping: Mapping[V], rows: Sequence[Row], conflict: Conflict) -> None:
    _insert(sending, mapping.table, mapping.keys, rows, conflict)


def _insert(sending: Sending, table: Table, columns: tuple[str, ...], rows: Sequence[Row], conflict: Conflict) -> None:
    statement = inserting(table, sending.dialect, columns)
    sending.send(statement, rows, refused=lambda error: _refusal(error, columns, rows[0], conflict))


def _upsert(sending: Sending, mapping: Mapping[V], tenant: str, values: Iterable[V], *more: object) -> None:
    rows = [mapping.row(tenant, value, *more) for value in values]
    if rows:
        statement = upserting(mapping.table, sending.dialect, mapping.keys)
        sending.send(statement, rows, refused=lambda error: _refusal(error, mapping.keys, rows[0], None))


def _refusal(
    error: IntegrityError, columns: tuple[str, ...], row: Row, conflict: Conflict | None
) -> ConflictError | StoreError | IntegrityError:
    """What an insert that the database refused means: the case is not there, somebody was first, or something unforeseen."""
    if is_foreign_key(error):
        return StoreError("EF-S008", case=str(row[columns.index("case")]))
    return conflict() if conflict is not None and is_duplicate(error) else error

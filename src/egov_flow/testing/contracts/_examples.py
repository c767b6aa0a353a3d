# SPDX-License-Identifier: Apache-2.0
"""Small changes that the suites commit, and a look at everything a store holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs

from egov_flow.audit import chain
from egov_flow.ports import Store
from egov_flow.values import (
    CaseFilter,
    CaseKey,
    CaseRecord,
    ChainedEvent,
    Change,
    Deadline,
    Deployment,
    Event,
    Incident,
    Job,
    Part,
    Recorded,
    Remembered,
    SearchMark,
    SubjectKey,
    Task,
    TaskFilter,
    Timer,
    Wait,
)

__all__ = ["NOW", "TENANT", "command", "deployed", "everything", "followed", "full", "later", "started"]

TENANT = "default"
NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def later(**time: float) -> datetime:
    """Return a moment after NOW."""
    return NOW + timedelta(**time)


def started(case: str = "case-1", *, tenant: str = TENANT, at: datetime = NOW, **parts: Any) -> Change:
    """Return the change that starts a case; `parts` are other parts of the change, or fields of the case as `case_<field>`."""
    events = _events(tenant, case, 1, "", at)
    record = CaseRecord(
        tenant=tenant, id=case, number=f"N-{case}", procedure="foi_request", version="1", sha256="ab" * 32, engine="kernel", semantics="1",
        status="running", applicant="citizen:17", clear=b"\x00clear", payload=b"\xff payload", state_version=1, last_seq=2,
        last_leaf=events[-1].leaf, created=at, updated=at,
    )  # fmt: skip
    return _change(record, 0, events, parts)


def followed(before: Change, *, at: datetime = NOW, **parts: Any) -> Change:
    """Return the change of the next command on the case that `before` wrote."""
    old = before.case
    assert old is not None
    events = _events(old.tenant, old.id, old.last_seq + 1, old.last_leaf, at)
    record = attrs.evolve(
        old, state_version=old.state_version + 1, last_seq=events[-1].event.case_seq, last_leaf=events[-1].leaf, updated=at, clear=b"next"
    )
    return _change(record, old.state_version, events, parts)


def deployed(version: str = "1", *, seq: int = 1, prev: str = "", tenant: str = TENANT) -> Change:
    """Return the change that deploys a version, with the registry's event of that number."""
    files = (("forms/request.json", b"{}"), ("process.bpmn", b"<xml/>\x00"))
    event = Event(tenant=tenant, case="registry", case_seq=seq, time=NOW, kind="deploy", command="deploy", detail=version)
    deployment = Deployment(procedure="foi_request", version=version, sha256="cd" * 32, files=files, by="officer:1", at=NOW)
    return Change(tenant=tenant, events=chain([event], prev), deployment=deployment)


def command(number: int, case: str = "case-1") -> Recorded:
    """Return the command of that number, as the events of `started` and `followed` tell it."""
    kind = "start" if number == 1 else "complete"
    return Recorded(case=case, number=number, kind=kind, target="Start", at=NOW, actor="citizen:17", reason="«why»", payload=b"\x01")


def full(case: str = "case-1") -> dict[str, Any]:
    """Return one row for every part of a change, each field filled."""
    return {
        "recorded": command(1, case),
        "tasks": (
            Task(
                id=f"{case}/3", case=case, element="Task_Decide", name="Décide «now»", role="ppid", candidates=("office:7", "legal"),
                assignee="officer:3", form="forms/decide.json", created=NOW, due=later(days=2), deadline="answer",
            ),
        ),
        "jobs": (Job(id=f"{case}/4", case=case, element="Task_Look", name="look_up", payload=b"\x02", due=NOW, attempts=2),),
        "timers": (Timer(5, "Timer_1", later(hours=1)),),
        "waits": (Wait(6, "Catch_1", "Payment received", "k" * 64),),
        "deadlines": (
            Deadline(
                case=case, name="answer", opened=NOW, due=later(days=14), amount=10, unit="working days", days=("2026-01-06", "2026-01-07: eve"),
                calendar="id 2026", legal_basis="UU-14-2008-22", verified=True, extensions=1, reason="many files", stopped=later(hours=2),
            ),
        ),
        "incidents": (
            Incident(
                id=f"{case}/7", case=case, element="Gateway_1", kind="condition", cause="EF-K001", ways_out=("retry", "move"), since=NOW
            ),
        ),
        "remembered": Remembered(kind="start", key="web-4711", digest="ef" * 32, result=case, at=NOW),
        "keys": (CaseKey("", bytes(range(32))), CaseKey("a1" * 16, b"wrapped")),
        "subject": SubjectKey("a1" * 16, b"\x00 wrapped"),
        "parts": (Part("1", b"\x00part"), Part("2", b"")),
        "search": (SearchMark("nik", "c3" * 16),),
    }  # fmt: skip


def everything(store: Store, tenant: str = TENANT) -> dict[str, Any]:
    """Return all that a store tells of a tenant, to see that nothing changed."""
    found = store.cases(tenant, CaseFilter())
    of_cases = {
        record.id: (
            tuple(store.recorded(tenant, record.id)), store.jobs(tenant, record.id), store.deadlines(tenant, record.id),
            tuple(store.events(tenant, record.id)), store.keys(tenant, frozenset({record.id})), store.parts(tenant, record.id),
        )
        for record in found
    }  # fmt: skip
    return {
        "cases": found,
        "of cases": of_cases,
        "tasks": store.tasks(tenant, TaskFilter(status=None)),
        "incidents": store.incidents(tenant, None),
        "waits": store.waits(tenant, "Payment received", None, None),
        "due": store.due(tenant, later(days=10_000), 100),
        "remembered": store.remembered(tenant, "start", "web-4711"),
        "deployments": tuple(store.deployment(tenant, d.procedure, d.version) for d in store.deployments(tenant)),
        "subject": store.subject(tenant, "a1" * 16),
        "counts": store.counts(tenant),
        "found": store.cases(tenant, CaseFilter(mark=SearchMark("nik", "c3" * 16))),
        "chains": tuple(store.chains(tenant)),
    }


def _events(tenant: str, case: str, first: int, prev: str, at: datetime) -> tuple[ChainedEvent, ...]:
    command, element = ("start", "Start") if first == 1 else ("complete", "Task_Decide")
    kinds: Sequence[str] = ("started", "entered") if first == 1 else ("completed", "left")
    return chain(
        [
            Event(
                tenant=tenant, case=case, case_seq=first + i, time=at, kind=kind, command=command, element=element, token=i, actor="citizen:17",
                person="person:17", affiliation="office:7 ppid claimed", reason="«why»", cause=0 if i == 0 else first,
                data_digest="12" * 32 if i == 0 else "", state_digest="34" * 32 if i else "",
            )
            for i, kind in enumerate(kinds)
        ],
        prev,
    )  # fmt: skip


def _change(record: CaseRecord, expected: int, events: tuple[ChainedEvent, ...], parts: dict[str, Any]) -> Change:
    fields = {name.removeprefix("case_"): value for name, value in parts.items() if name.startswith("case_")}
    rest = {name: value for name, value in parts.items() if not name.startswith("case_")}
    return attrs.evolve(Change(tenant=record.tenant, case=attrs.evolve(record, **fields), expected=expected, events=events), **rest)

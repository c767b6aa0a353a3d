# SPDX-License-Identifier: Apache-2.0
"""Starts a case on the newest version of its procedure."""

from __future__ import annotations

from egov_flow.agency.authorising import may_act
from egov_flow.agency.conversing import claim_of
from egov_flow.agency.desk import Desk
from egov_flow.agency.throwing import INCOMING
from egov_flow.agency.validating import validate
from egov_flow.agency.versions import Version
from egov_flow.data import EMPTY, Context
from egov_flow.errors import ConflictError
from egov_flow.kernel import Program, awaits_more
from egov_flow.procedure import Procedure
from egov_flow.values import SYSTEM, Actor, CaseRecord, Command, Deployment

__all__ = ["check_start", "new_record", "start", "start_due"]


def start(
    desk: Desk,
    procedure: str,
    data: Context,
    *,
    by: Actor,
    key: str | None = None,
    version: str | None = None,
    at: str = "",
    message: str = "",
    correlated: str | None = None,
    sender: CaseRecord | None = None,
    connection: object | None = None,
) -> CaseRecord:
    """Start a case and return its record; with the key of an earlier start, that start's case.

    Args:
        at: the start event; "" is the one without trigger.
        message: that begins it.
        correlated: the correlation key with which the message was sent.
        sender: the case whose message begins this one: its parent, and its applicant is the applicant here too.
    """
    if procedure == INCOMING:
        raise ConflictError("EF-A051", procedure=procedure)
    wiring = desk.wiring
    deployment, found = desk.versions.newest(procedure, version)
    joined = bool(message) and isinstance(found.program, Program) and awaits_more(found.program, at)
    command = Command(kind="start", by=by, target=at, data=data, key=key, arguments=Context({"message": message} if joined else {}))
    permit = may_act(wiring, command, None, found.procedure)
    check_start(found.procedure, at, data)
    applicant = sender.applicant if sender else by.on_behalf_of or by.id
    record = new_record(desk, deployment, found, applicant=applicant, parent=sender.id if sender else "")
    if not joined:
        return desk.start(found, record, command, permit, connection=connection)
    claim = claim_of(desk, desk.store(connection), found.program, message, key=correlated, sender=record.parent)
    return desk.start(found, record, command, permit, connection=connection, claim=claim)


def check_start(procedure: Procedure, at: str, data: Context) -> None:
    """Raise InvalidData unless the data fits the form of what begins a case: of `at`, where it is linked to one, or else of the procedure's start."""
    link = procedure.link(at) if at else None
    validate(procedure, link.form if link is not None and link.form else procedure.start_form, data, procedure.id)


def new_record(desk: Desk, deployment: Deployment, version: Version, *, applicant: str, parent: str = "") -> CaseRecord:
    """Return the row of a case that is about to start, with an id and a number of its own."""
    wiring = desk.wiring
    now = wiring.clock.now()
    return CaseRecord(
        tenant=desk.tenant,
        id=wiring.ids.case(),
        number=wiring.ids.number(deployment.procedure),
        procedure=deployment.procedure,
        version=deployment.version,
        sha256=deployment.sha256,
        engine=version.engine.name,
        semantics=version.engine.version,
        status="running",
        applicant=applicant,
        parent=parent,
        created=now,
        updated=now,
    )


def start_due(desk: Desk) -> list[CaseRecord]:
    """Start the cases that timer start events begin by now, each tick once; ticks that were missed begin none of their own."""
    started = []
    for deployment, tick in desk.versions.due_beginnings(desk.wiring.clock.now()):
        key = f"timer:{deployment.procedure}:{deployment.version}:{tick.element}:{tick.number}" + (f":{tick.part}" if tick.part else "")
        if desk.wiring.store.remembered(desk.tenant, "start", key) is None:
            started.append(start(desk, deployment.procedure, EMPTY, by=SYSTEM, key=key, version=deployment.version, at=tick.element))
    return started

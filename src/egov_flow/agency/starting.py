# SPDX-License-Identifier: Apache-2.0
"""Starts a case on the newest version of its procedure."""

from __future__ import annotations

from egov_flow.agency.authorising import may_act
from egov_flow.agency.desk import Desk
from egov_flow.agency.validating import validate
from egov_flow.data import Context
from egov_flow.values import Actor, CaseRecord, Command

__all__ = ["start"]


def start(
    desk: Desk, procedure: str, data: Context, *, by: Actor, key: str | None, version: str | None, connection: object | None
) -> CaseRecord:
    """Start a case and return its record; with the key of an earlier start, that start's case."""
    wiring = desk.wiring
    deployment, found = desk.versions.newest(procedure, version)
    command = Command(kind="start", by=by, data=data, key=key)
    permit = may_act(wiring, command, None, found.procedure)
    validate(found.procedure, found.procedure.start_form, data, procedure)
    now = wiring.clock.now()
    record = CaseRecord(
        tenant=desk.tenant,
        id=wiring.ids.case(),
        number=wiring.ids.number(procedure),
        procedure=procedure,
        version=deployment.version,
        sha256=deployment.sha256,
        engine=found.engine.name,
        semantics=found.engine.version,
        status="running",
        applicant=by.on_behalf_of or by.id,
        created=now,
        updated=now,
    )
    return desk.start(found, record, command, permit, connection=connection)

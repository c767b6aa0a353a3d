# SPDX-License-Identifier: Apache-2.0
"""Messages from outside that nobody awaits yet: each is kept as a case of a small procedure of ours, so that it has a number, a sealed content and a trail.

The case waits in one job, which delivers the message in the name of its sender as soon as it is awaited, and becomes an incident when it was kept long
enough. What it delivers is what the record says was received, whatever became of the variables since.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import resources

import attrs

from egov_flow.agency.authorising import may_act, may_deploy
from egov_flow.agency.deploying import enter
from egov_flow.agency.desk import Desk
from egov_flow.agency.rereading import commands
from egov_flow.agency.starting import new_record
from egov_flow.agency.throwing import INCOMING
from egov_flow.data import Context
from egov_flow.errors import ConflictError, InvalidData
from egov_flow.ports import Store
from egov_flow.procedure import Procedure, read_files
from egov_flow.values import SYSTEM, Actor, CaseRecord, Command, Deployment

__all__ = ["Letter", "keep", "letter_of"]

DRAWING = "incoming.bpmn"
LONGEST = timedelta(days=366)


@attrs.frozen(kw_only=True)
class Letter:
    """A message as it was received: what `Agency.send` was given, and how long it is kept."""

    message: str
    data: Context
    correlate: Context
    sender: Actor
    until: datetime


def keep(
    desk: Desk, message: str, data: Context, *, correlate: Context, by: Actor, key: str | None, time: timedelta, connection: object | None
) -> CaseRecord:
    """Keep a message that nobody awaits, and return the case that keeps it; with the key of an earlier one, that case.

    Raises:
        InvalidData: the time is none, or longer than a year.
        ConflictError: the key was used for something else.
    """
    if not timedelta(0) < time <= LONGEST:
        raise InvalidData("EF-A050", days=LONGEST.days)
    store = desk.store(connection)
    deployment = _deployed(desk, store)
    version = desk.versions.ready(deployment)
    sender = Context({name: _plain(value) for name, value in attrs.asdict(by, recurse=False).items()})
    received = Context({"message": message, "data": data, "correlate": correlate, "sender": sender, "time": time})
    command = Command(kind="start", by=by, data=received, key=key)
    record = new_record(desk, deployment, version, applicant=by.on_behalf_of or by.id)
    return desk.start(version, record, command, may_act(desk.wiring, command, None, version.procedure), connection=connection)


def _plain(value: object) -> object:
    return tuple(sorted(value)) if isinstance(value, frozenset) else value


def letter_of(desk: Desk, record: CaseRecord) -> Letter:
    """Return the message that a case keeps, as its first recorded command says it."""
    store = desk.wiring.store
    _, begun = next(commands(store, desk.wiring.seal, desk.load(record.id, store).key, record))
    data = begun["data"]
    sender = {**data["sender"], "roles": frozenset(data["sender"]["roles"])}
    return Letter(
        message=data["message"], data=data["data"], correlate=data["correlate"], sender=Actor(**sender), until=record.created + data["time"]
    )


def _deployed(desk: Desk, store: Store) -> Deployment:
    """Return the deployment of our procedure, made now if this is the first message that is kept here."""
    procedure = _procedure()
    for _ in range(2):
        found = [d for d in store.deployments(desk.tenant) if d.procedure == INCOMING and d.sha256 == procedure.sha256]
        if found:
            return found[-1]
        try:
            return enter(desk, store, procedure, SYSTEM, may_deploy(desk.wiring, SYSTEM))
        except ConflictError as conflict:  # somebody else keeps the first message at the same moment
            cause = conflict
    raise cause


def _procedure() -> Procedure:
    drawing = resources.files(__package__ or "").joinpath(DRAWING).read_bytes()
    return read_files([("process.bpmn", drawing)], folder=INCOMING)

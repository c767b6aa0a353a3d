# SPDX-License-Identifier: Apache-2.0
"""Turns a step into the events of the audit trail. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import attrs

from egov_flow.values import CaseRecord, Command, Event, Occurrence

__all__ = ["Permit", "events"]


@attrs.frozen
class Permit:
    """Why somebody may do something: the rule that allowed it, and as what they act (`claimed` if no directory confirmed it)."""

    policy: str
    affiliation: str = ""


def events(
    command: Command,
    occurrences: Sequence[Occurrence],
    *,
    record: CaseRecord,
    now: datetime,
    permit: Permit,
    person: str,
    element: str = "",
    data_digest: str = "",
    state_digest: str = "",
) -> tuple[Event, ...]:
    """Return the events of one accepted command: first the command itself, then what happened, in order.

    Args:
        record: the case before the command; the events continue its sequence.
        person: the human behind the account that gave the command.
        element: the element that the command acts on.
        data_digest: salted digest of the command's data.
        state_digest: of the state after the command; it stands on the last event.
    """
    first = Event(
        tenant=record.tenant,
        case=record.id,
        case_seq=record.last_seq + 1,
        time=now.astimezone(UTC),
        kind=command.kind,
        command=command.kind,
        element=element,
        detail=command.target if command.kind in {"send", "expire"} else "",
        actor=command.by.id,
        person=person,
        affiliation=permit.affiliation,
        on_behalf_of=command.by.on_behalf_of or "",
        policy=permit.policy,
        reason=command.reason,
        data_digest=data_digest,
    )
    if not occurrences:
        return (first._replace(state_digest=state_digest),)
    tenant, case, cause, time, command_kind = first.tenant, first.case, first.case_seq, first.time, first.command
    who = (first.actor, first.person, first.affiliation, first.on_behalf_of, first.delegation)
    # in the order of an event's fields: by their names it takes twice as long, nine times a command
    rest = [
        Event(tenant, case, cause + number, time, o.kind, command_kind, o.element, o.token, o.detail, *who, "", "", cause)
        for number, o in enumerate(occurrences, start=1)
    ]
    rest[-1] = rest[-1]._replace(state_digest=state_digest)
    return (first, *rest)

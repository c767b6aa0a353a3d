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
    last = len(occurrences)
    if not last:
        return (first._replace(state_digest=state_digest),)
    rest = [
        Event(
            tenant=first.tenant,
            case=first.case,
            case_seq=first.case_seq + number,
            time=first.time,
            kind=occurrence.kind,
            command=first.command,
            element=occurrence.element,
            token=occurrence.token,
            detail=occurrence.detail,
            actor=first.actor,
            person=first.person,
            affiliation=first.affiliation,
            on_behalf_of=first.on_behalf_of,
            delegation=first.delegation,
            cause=first.case_seq,
            state_digest=state_digest if number == last else "",
        )
        for number, occurrence in enumerate(occurrences, start=1)
    ]
    return (first, *rest)

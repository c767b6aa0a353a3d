# SPDX-License-Identifier: Apache-2.0
"""Turns a step into the events of the audit trail. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

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
    kind, by = command.kind, command.by
    tenant, case, cause, time = record.tenant, record.id, record.last_seq + 1, now.astimezone(UTC)
    who = (by.id, person, permit.affiliation, by.on_behalf_of or "", "")
    detail = command.target if kind in {"send", "expire"} else ""
    # in the order of an event's fields: by their names each takes more than twice as long, nine times a command
    told: list[tuple[Any, ...]] = [
        (tenant, case, cause, time, kind, kind, element, 0, detail, *who, permit.policy, command.reason, 0, data_digest, ""),
        *[
            (tenant, case, number, time, o.kind, kind, o.element, o.token, o.detail, *who, "", "", cause, "", "")
            for number, o in enumerate(occurrences, start=cause + 1)
        ],
    ]
    told[-1] = (*told[-1][:-1], state_digest)
    return tuple(map(Event._make, told))

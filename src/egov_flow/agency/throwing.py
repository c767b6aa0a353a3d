# SPDX-License-Identifier: Apache-2.0
"""Turns what a step throws into deliveries: one job per receiver, committed with the step. Reads the store, writes nothing.

A message goes to the one case that awaits it, or else begins one where a message start event of its name is deployed. If there is neither it is kept for
`KEPT_FOR` and then becomes an incident of its sender. A signal goes to every case that waits for it and begins one at every start event; nobody keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol

from egov_flow.agency.drafting import Draft
from egov_flow.agency.sealing import Seal, place
from egov_flow.data import Context, encode
from egov_flow.kernel import SIGNAL
from egov_flow.ports import Store
from egov_flow.values import Job, Message, Occurrence

__all__ = ["DELIVER", "INCOMING", "KEPT_FOR", "THROWN", "Address", "Beginnings", "throw_messages"]

DELIVER = "egov:deliver"
"""Name of the jobs that carry a thrown message to a waiting case; no handler may have it."""
THROWN = "m"
"""What the tokens of jobs begin with that carry a thrown message; those of the engine's own jobs are numbers."""
KEPT_FOR = timedelta(days=7)
"""How long a message that nobody awaits is kept before it becomes an incident of its sender."""

INCOMING = "egov_incoming"
"""Id of the procedure whose cases keep messages from outside; nobody deploys or starts one of that name but the Agency itself."""

Address = dict[str, str]
"""Where a message goes: `case` and `wait`, `case` and `signal`, `start` (a procedure) and `element`, or `key` and `until` while it is kept.

With all of the latter four, it is looked once more who awaits it before it begins a case: another of its conversation may have begun that."""


class Beginnings(Protocol):
    """Says at which (procedure, start event) a message begins a case."""

    def __call__(self, message: str, *, joined: bool = False) -> tuple[tuple[str, str], ...]:
        """Return them by the message's name; with `joined` only those at which others are awaited then."""
        ...


def throw_messages(draft: Draft, store: Store, seal: Seal, beginnings: Beginnings) -> None:
    """Add a delivery for each receiver of what the draft's step throws."""
    number = 0
    for message in draft.step.messages if draft.step else ():
        find = _signalled if message.name.startswith(SIGNAL) else _addressed
        for address in find(draft, store, message, beginnings):
            draft.jobs.append(_job(draft, seal, message, address, f"{THROWN}{draft.record.last_seq}.{number}.{address.get('wait', '0')}"))
            number += 1


def _addressed(draft: Draft, store: Store, message: Message, beginnings: Beginnings) -> Iterable[Address]:
    """Return where a message goes: to one receiver, unless its key says that several belong together."""
    found: list[Address] = [
        {"case": case, "wait": str(wait.wait)}
        for case, wait in store.waits(draft.tenant, message.name, message.key or None, None)
        if case != draft.record.id
    ]
    kept = {"key": message.key, "until": (draft.now + KEPT_FOR).isoformat()}
    if not found:
        begun = beginnings(message.name)
        joined = beginnings(message.name, joined=True) if begun else ()
        found = [{"start": at[0], "element": at[1], **(kept if at in joined else {})} for at in begun]
    if found and (len(found) == 1 or message.key):
        return found
    kind = "ambiguous" if found else "unclaimed"
    draft.occurrences.append(Occurrence(kind, message.element, 0, message.name))
    return [kept]


def _signalled(draft: Draft, store: Store, message: Message, beginnings: Beginnings) -> Iterable[Address]:
    """Return all that a signal reaches outside its case."""
    name = message.name.removeprefix(SIGNAL)
    cases = dict.fromkeys(case for case, _ in store.waits(draft.tenant, message.name, None, None) if case != draft.record.id)
    found: list[Address] = [{"case": case, "signal": name} for case in cases]
    return [*found, *({"start": procedure, "element": element} for procedure, element in beginnings(message.name))]


def _job(draft: Draft, seal: Seal, message: Message, address: Address, token: str) -> Job:
    data = Context({**address, "message": message.name, "data": message.data})
    belongs = place(draft.tenant, draft.record.id, "job", token)
    return Job(
        id=f"{draft.record.id}/{token}",
        case=draft.record.id,
        element=message.element,
        name=DELIVER,
        payload=seal.close(draft.key, encode(data), belongs),
        due=draft.now,
    )

# SPDX-License-Identifier: Apache-2.0
"""Finds the messages from outside that are kept for what a case has just come to await, so that they are delivered at once.

The case that keeps a message has a wait of its own for that, which no message reaches: its name is a mark that only who holds the master key can make.
"""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.agency.drafting import Draft
from egov_flow.agency.keys import KeyRing
from egov_flow.agency.throwing import INCOMING
from egov_flow.data import Context, encode
from egov_flow.kernel import SIGNAL
from egov_flow.ports import Store
from egov_flow.values import CaseRecord, Change, Job, Wait

__all__ = ["OF_A_CASE", "correlation_key", "kept_for", "letter_waits"]

OF_A_CASE = frozenset({"number", "case"})
"""What names one case in `correlate`; anything else is a correlation property."""


def correlation_key(properties: Context) -> str | None:
    """Return the text of a correlation key: that of its value if there is one property, canonical JSON if several, None if none."""
    if not properties:
        return None
    if len(properties) > 1:
        return encode(properties, sort=True).decode()
    (value,) = properties.values()
    return value if isinstance(value, str) else encode(value).decode()


def letter_waits(keys: KeyRing, draft: Draft) -> tuple[Wait, ...]:
    """Return the wait that a case which keeps a message opens when it starts, and closes when it has delivered it or ends."""
    if draft.record.procedure != INCOMING or draft.step is None:
        return ()
    if draft.command.kind == "start":
        received = draft.command.data
        return (Wait(0, "", keys.letter(draft.tenant, received["message"], _receiver(received["correlate"]))),)
    is_over = draft.command.kind == "report" or draft.step.status not in {"running", "suspended"}
    return (Wait(0, "", "", open=False),) if is_over else ()


def kept_for(keys: KeyRing, store: Store, change: Change) -> Iterator[Job]:
    """Yield the resting jobs that keep a message for one of the waits that a change opened, in the order in which the messages came."""
    record = change.case
    names = {} if record is None or record.procedure == INCOMING else _marks(keys, record, change.waits)
    for case in sorted({case for name in names for case, _ in store.waits(change.tenant, name, None, None)}):
        for job in store.jobs(change.tenant, case):
            if job.status == "waiting" and job.leased_until is None:
                yield job


def _marks(keys: KeyRing, record: CaseRecord, waits: tuple[Wait, ...]) -> dict[str, None]:
    awaited = [(w, (f"key:{w.key}",) if w.key else ()) for w in waits if w.open and not w.name.startswith(SIGNAL)]
    anywhere = ("", f"case:{record.id}", f"number:{record.number}")
    return dict.fromkeys(keys.letter(record.tenant, wait.name, receiver) for wait, keyed in awaited for receiver in (*anywhere, *keyed))


def _receiver(correlate: Context) -> str:
    """Return whom a kept message is for, as `_marks` names it."""
    for word in ("case", "number"):
        if word in correlate:
            return f"{word}:{correlate[word]}"
    key = correlation_key(correlate)
    return "" if key is None else f"key:{key}"

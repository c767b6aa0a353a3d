# SPDX-License-Identifier: Apache-2.0
"""Conversations: messages that belong together by a key, of which the first begins a case and the others are awaited in it (BPMN 2.0.2 §10.5.2, §10.6.6).

Two that arrive at the same moment find nobody who awaits them. So the cases of a conversation stand in a row, and a place in it is taken once, by the
very commit that begins the case: who comes second looks again, and finds the case of who came first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import attrs

from egov_flow.agency.desk import TRIES, Claim, Desk
from egov_flow.errors import ConflictError
from egov_flow.kernel import Program, awaits_more, begun_by
from egov_flow.ports import Store
from egov_flow.values import CaseFilter, Change, Remembered, SearchMark

__all__ = ["claim_of", "give_or_begin"]

CONVERSATION = "conversation"
"""What a place in the row is remembered as; no command is called so."""
IS_TAKEN = "EF-S004"
"""The store's word for: somebody else was quicker to take the place."""
MAY_BE_TAKEN = "EF-S024"
"""Its word for: somebody else has written something that this transaction depends on."""

V = TypeVar("V")


def give_or_begin(give: Callable[[], V | None], begin: Callable[[], V], *, is_own: bool) -> V:
    """Give something to who awaits it, or begin a case by it; look again when somebody else began one of its conversation at the same moment.

    Args:
        is_own: the commit is ours, not part of a caller's transaction, so that it may be tried again.

    Raises:
        ConflictError: somebody else began a case, and it may not be tried again.
    """
    for left in range(TRIES - 1, -1, -1):
        given = give()
        if given is not None:
            return given
        try:
            return begin()
        except ConflictError as conflict:
            is_taken = (conflict.code, conflict.arguments.get("kind")) == (IS_TAKEN, CONVERSATION)
            if is_own and left and (is_taken or conflict.code == MAY_BE_TAKEN):
                continue
            if is_taken:
                raise ConflictError("EF-A059") from conflict
            raise
    raise AssertionError("the loop returns or raises")


def claim_of(desk: Desk, store: Store, program: Program, message: str, *, key: str | None, sender: str) -> Claim:
    """Return what a case claims that a message begins and that awaits others then: a place in the row of each key by which others may be sent.

    Args:
        key: with which the message was sent; what the case awaits may have another.
        sender: the case that threw the message, "" for none; it is not its own receiver.
    """

    def claim(change: Change) -> tuple[Change, ...]:
        record = change.case
        if record is None:
            raise AssertionError("a start writes its case")
        keys = {wait.key for wait in change.waits if _joins(program, wait.name)} | ({key} if key is not None else set())
        marks = [desk.wiring.keys.conversation(desk.tenant, record.procedure, one) for one in sorted(keys)]
        places = [_next_place(store, desk.tenant, mark) for mark in marks]
        # whoever took one of the places before it was read is awaiting the message by now; whoever does later is noticed by the commit
        if any(case != sender for case, _ in store.waits(desk.tenant, message, key, None)):
            raise ConflictError(IS_TAKEN, kind=CONVERSATION)
        found = attrs.evolve(change, search=(*change.search, *(SearchMark(mark, mark) for mark in marks)))
        taken = (Remembered(kind=CONVERSATION, key=place, digest="", result=record.id, at=record.created) for place in places)
        return (found, *(Change(tenant=desk.tenant, remembered=one) for one in taken))

    return claim


def _joins(program: Program, message: str) -> bool:
    return any(awaits_more(program, element) for element in begun_by(program, message))


def _next_place(store: Store, tenant: str, mark: str) -> str:
    """Return the place behind the newest case of a conversation; the ids of clocks that differ may not sort as the cases were begun."""
    newest = store.cases(tenant, CaseFilter(mark=SearchMark(mark, mark), limit=1))
    place = f"{mark}:{newest[0].id if newest else ''}"
    while (taken := store.remembered(tenant, CONVERSATION, place)) is not None:
        place = f"{mark}:{taken.result}"
    return place

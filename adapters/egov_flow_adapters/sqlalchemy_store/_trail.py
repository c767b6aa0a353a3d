# SPDX-License-Identifier: Apache-2.0
"""One command as one row: the very bytes of its events, a line each, their hashes behind one another, and what a replay needs besides.

What an event says stands in its bytes alone, which hold no line break, so that no column can say something else; who gave the command, when and why is
what its first event says. A row a command instead of ten is half of the pages that a step writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from egov_flow.audit import linked
from egov_flow.errors import InvalidData, StoreError
from egov_flow.values import ChainedEvent, Recorded
from egov_flow_adapters.sqlalchemy_store import _schema

__all__ = ["COLUMNS", "command", "events", "row"]

COLUMNS = ("tenant", "case", "case_seq", "lines", "leaves", "number", "target", "payload")
_HASH = 32


def row(tenant: str, chained: Sequence[ChainedEvent], recorded: Recorded | None) -> tuple[Any, ...]:
    """Return the row of events of one case that follow one another, and of the command that caused them, in the order of `COLUMNS`."""
    first = chained[0].event
    lines = b"".join([one.data + b"\n" for one in chained])
    leaves = bytes.fromhex("".join([one.leaf for one in chained]))
    command = (None, None, None) if recorded is None else (recorded.number, recorded.target, recorded.payload)
    return tenant, first.case, first.case_seq, lines, leaves, *command


def command(case: str, lines: Any, number: Any, target: Any, payload: Any) -> Recorded:
    """Return the command of a row.

    Raises:
        StoreError: somebody or something spoiled it.
    """
    if (type(lines), type(number), type(target), type(payload)) != (bytes, int, str, bytes):
        raise _spoiled()
    try:
        first, _ = linked(lines.partition(b"\n")[0])
    except InvalidData:
        raise _spoiled() from None
    return Recorded(
        case=case, number=number, kind=first.command, target=target, at=first.time, actor=first.actor, reason=first.reason, payload=payload
    )


def events(case_seq: Any, lines: Any, leaves: Any) -> Iterator[ChainedEvent]:
    """Yield the events of a row.

    Raises:
        StoreError: somebody or something spoiled it; what stands before the spoiled place has been yielded.
    """
    if type(lines) is not bytes or type(leaves) is not bytes:  # SQLite lets anybody put text into a column of bytes
        raise _spoiled()
    *told, rest = lines.split(b"\n")
    if rest or not told or len(leaves) != len(told) * _HASH:
        raise _spoiled()
    for number, data in enumerate(told):
        try:
            event, prev = linked(data)
        except InvalidData:
            raise _spoiled() from None
        if not number and event.case_seq != case_seq:
            raise _spoiled()
        yield ChainedEvent(event, data, prev, leaves[number * _HASH : (number + 1) * _HASH].hex())


def _spoiled() -> StoreError:
    return StoreError("EF-S019", table=_schema.events.name)

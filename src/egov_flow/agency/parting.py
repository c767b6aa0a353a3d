# SPDX-License-Identifier: Apache-2.0
"""How a state is kept: a small one whole in the row of its case, a large one in parts, of which a step writes those that it changed.

A part is a stretch of the state's bytes. Parts that are found again in a new state stay as they are, and only what stands between them is cut anew, so
that a change in one place moves no other cut. The name of a part is a keyed hash of what it holds: one that was changed, moved or put back does not fit
its name. The row keeps the names in order, half of them sealed.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator

import attrs

from egov_flow.agency.sealing import Seal, place
from egov_flow.errors import StoreError
from egov_flow.ports import CaseStore
from egov_flow.values import CaseRecord, Marking, Part

__all__ = ["Cut", "Kept", "keep", "opened"]

LARGE = 16_384
"""Bytes from which a state is kept in parts. One that is smaller fills no more pages than a step that changes parts touches."""
PARTED = b"\x01"
"""First byte of a row's `clear` that holds names instead of a state; no engine's own bytes begin with it, or they are parted too."""
NAME_BYTES = 12
LONGEST = 1024
SHORTEST = 128
"""What has changed and is shorter is cut together with the piece before it, or after it at the very beginning; no cut leaves less."""
FINDABLE = 32
"""A shorter piece may be found where it does not belong."""


Pieces = tuple[tuple[bytes, bytes], ...]
"""Names and stretches of bytes, in order."""


@attrs.frozen
class Cut:
    """How the two halves of a state were cut; a small one has no pieces."""

    clear: Pieces = ()
    secret: Pieces = ()

    @property
    def contents(self) -> dict[bytes, bytes]:
        """Return what each part holds, by name."""
        return {**dict(self.clear), **dict(self.secret)}


WHOLE = Cut()


@attrs.frozen
class Kept:
    """The two halves of a state as the case's row holds them, and the parts that differ from what is stored."""

    clear: bytes
    payload: bytes
    parts: tuple[Part, ...]
    cut: Cut


def keep(seal: Seal, key: bytes, marking: Marking, *, before: CaseRecord, number: int, last: Cut) -> Kept:
    """Return how a state is written over the one in `before`, as version `number`.

    Args:
        last: how the state in `before` was cut.
    """
    clear, secret, cut = marking.clear, marking.secret, WHOLE
    if len(clear) + len(secret) > LARGE or clear.startswith(PARTED):
        cut = Cut(_named(key, b"c", clear, last.clear), _named(key, b"s", secret, last.secret))
        clear, secret = PARTED + _names(cut.clear), _names(cut.secret)
    parts = tuple(_changed(seal, key, before, last, cut)) if cut.clear or cut.secret or last.clear or last.secret else ()
    return Kept(clear, seal.close(key, secret, place(before.tenant, before.id, "state", number, clear)), parts, cut)


def _changed(seal: Seal, key: bytes, record: CaseRecord, last: Cut, cut: Cut) -> Iterator[Part]:
    """Yield the parts that are new, sealed where they must be, and those that are gone."""
    old, new, sealed = last.contents, cut.contents, dict(cut.secret)
    for name, content in new.items():
        if name not in old:
            belongs = place(record.tenant, record.id, "part", name.hex())
            yield Part(name.hex(), seal.close(key, content, belongs) if name in sealed else content)
    for name in sorted(old.keys() - new.keys()):
        yield Part(name.hex(), None)


def opened(store: CaseStore, seal: Seal, key: bytes | None, record: CaseRecord) -> tuple[Marking, Cut]:
    """Return the state of a case as its engine wrote it, and how it was cut.

    Raises:
        StoreError: its key was destroyed, or something of it was changed outside egov_flow.
    """
    secret = seal.open(key, record.payload, place(record.tenant, record.id, "state", record.state_version, record.clear), record.id)
    if not record.clear.startswith(PARTED):
        return Marking(record.clear, secret), WHOLE
    parts = store.parts(record.tenant, record.id)

    def found(half: bytes, name: bytes) -> bytes:
        content = parts.get(name.hex())
        if content is None:
            raise StoreError("EF-A021", case=record.id)
        if half == b"s":
            content = seal.open(key, content, place(record.tenant, record.id, "part", name.hex()), record.id)
        if not hmac.compare_digest(_name(key or b"", half, content), name):
            raise StoreError("EF-A021", case=record.id)
        return content

    halves = ((b"c", record.clear[1:]), (b"s", secret))
    cut = Cut(*(tuple((name, found(half, name)) for name in _split(names)) for half, names in halves))
    return Marking(*(b"".join(piece for _, piece in pieces) for pieces in (cut.clear, cut.secret))), cut


def _split(names: bytes) -> Iterator[bytes]:
    return (names[start : start + NAME_BYTES] for start in range(0, len(names), NAME_BYTES))


def _names(pieces: Pieces) -> bytes:
    return b"".join(name for name, _ in pieces)


def _named(key: bytes, half: bytes, content: bytes, last: Pieces) -> Pieces:
    """Cut a half into named pieces; those of last time that are found again, in order, stay whole."""
    pieces: list[tuple[bytes, bytes]] = []
    begin = 0
    for piece in last:
        start = content.find(piece[1], begin)
        if start < 0 or (start > begin and (start < SHORTEST or len(piece[1]) < FINDABLE)):
            continue
        if start > begin:
            _cut(key, half, content[begin:start], pieces)
        pieces.append(piece)
        begin = start + len(piece[1])
    if begin < len(content):
        _cut(key, half, content[begin:], pieces)
    return tuple(pieces)


def _cut(key: bytes, half: bytes, changed: bytes, pieces: list[tuple[bytes, bytes]]) -> None:
    """Cut what has changed behind other pieces."""
    if len(changed) < SHORTEST and pieces:
        changed = pieces.pop()[1] + changed
    start = 0
    while start < len(changed):
        left = len(changed) - start
        size = left - SHORTEST if LONGEST < left < LONGEST + SHORTEST else LONGEST
        piece = changed[start : start + size]
        pieces.append((_name(key, half, piece), piece))
        start += size


def _name(key: bytes, half: bytes, content: bytes) -> bytes:
    return hmac.digest(key, b"egov-flow/part/1" + half + content, "sha256")[:NAME_BYTES]

# SPDX-License-Identifier: Apache-2.0
"""How a state is kept: a small one whole in the row of its case, a large one in parts, of which a step writes those that it changed.

A part is a stretch of the state's bytes, cut where the bytes themselves say so, so that a change in one place moves no other cut. Its name is a keyed
hash of what it holds: a part that was changed, moved or put back does not fit its name. The row keeps the names in order, half of them sealed.
"""

from __future__ import annotations

import hmac
import re
import zlib
from collections.abc import Iterator

import attrs

from egov_flow.agency.sealing import Seal, place
from egov_flow.errors import StoreError
from egov_flow.ports import CaseStore
from egov_flow.values import CaseRecord, Marking, Part

__all__ = ["Cut", "Kept", "keep", "opened"]

LARGE = 4096
"""Bytes from which a state is kept in parts."""
PARTED = b"\x01"
"""First byte of a row's `clear` that holds names instead of a state; no engine's own bytes begin with it, or they are parted too."""
NAME_BYTES = 12
LONGEST = 4096
SHORTEST = 32
"""A shorter piece may be found where it does not belong."""
ONE_IN = 32
"""Of so many places where a cut may be, one is a cut; parts come out at some hundred bytes."""
_MAY_CUT = re.compile(rb'[\]}"],')


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


@attrs.frozen
class Kept:
    """The two halves of a state as the case's row holds them, and the parts that differ from what is stored."""

    clear: bytes
    payload: bytes
    parts: tuple[Part, ...]
    cut: Cut


def keep(seal: Seal, key: bytes, marking: Marking, *, before: CaseRecord, number: int, last: Cut | None = None) -> Kept:
    """Return how a state is written over the one in `before`, as version `number`.

    Args:
        last: how the state in `before` was cut, if that is known: then only what differs is cut anew.
    """
    tenant, case = before.tenant, before.id
    old = _old_names(seal, key, before) if last is None else set(last.contents)
    clear, secret, cut = marking.clear, marking.secret, Cut()
    if len(clear) + len(secret) > LARGE or clear.startswith(PARTED):
        known = last or cut
        cut = Cut(_named(key, b"c", clear, known.clear), _named(key, b"s", secret, known.secret))
        clear, secret = PARTED + _names(cut.clear), _names(cut.secret)
    sealed, contents = dict(cut.secret), cut.contents
    new = [
        Part(name.hex(), seal.close(key, content, place(tenant, case, "part", name.hex())) if name in sealed else content)
        for name, content in contents.items()
        if name not in old
    ]
    gone = [Part(name.hex(), None) for name in sorted(old - contents.keys())]
    return Kept(clear, seal.close(key, secret, place(tenant, case, "state", number, clear)), (*new, *gone), cut)


def opened(store: CaseStore, seal: Seal, key: bytes | None, record: CaseRecord) -> Marking:
    """Return the state of a case as its engine wrote it.

    Raises:
        StoreError: its key was destroyed, or something of it was changed outside egov_flow.
    """
    secret = seal.open(key, record.payload, _place(record), record.id)
    if not record.clear.startswith(PARTED):
        return Marking(record.clear, secret)
    parts = store.parts(record.tenant, record.id)
    halves = []
    for half, names in ((b"c", record.clear[1:]), (b"s", secret)):
        pieces = []
        for name in _split(names):
            content = parts.get(name.hex())
            if content is None:
                raise StoreError("EF-A021", case=record.id)
            if half == b"s":
                content = seal.open(key, content, place(record.tenant, record.id, "part", name.hex()), record.id)
            if not hmac.compare_digest(_name(key or b"", half, content), name):
                raise StoreError("EF-A021", case=record.id)
            pieces.append(content)
        halves.append(b"".join(pieces))
    return Marking(*halves)


def _place(record: CaseRecord) -> bytes:
    return place(record.tenant, record.id, "state", record.state_version, record.clear)


def _old_names(seal: Seal, key: bytes, record: CaseRecord) -> set[bytes]:
    if not record.clear.startswith(PARTED):
        return set()
    return {*_split(record.clear[1:]), *_split(seal.open(key, record.payload, _place(record), record.id))}


def _split(names: bytes) -> Iterator[bytes]:
    return (names[i : i + NAME_BYTES] for i in range(0, len(names), NAME_BYTES))


def _names(pieces: Pieces) -> bytes:
    return b"".join(name for name, _ in pieces)


def _named(key: bytes, half: bytes, content: bytes, last: Pieces) -> Pieces:
    """Cut a half into named pieces; those of last time that stand between others of last time stay whole."""
    pieces: list[tuple[bytes, bytes]] = []
    begin = 0
    for start, name, piece in _still_there(content, last):
        pieces += ((_name(key, half, changed), changed) for changed in _pieces(content[begin:start]))
        pieces.append((name, piece))
        begin = start + len(piece)
    pieces += ((_name(key, half, changed), changed) for changed in _pieces(content[begin:]))
    return tuple(pieces)


def _still_there(content: bytes, last: Pieces) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield where pieces are found again in order, but not those beside what has changed: cut anew with it, or each change would leave one of its own."""
    found, begin, was_changed = None, 0, False
    for name, piece in last[:-1]:
        start = content.find(piece, begin)
        if start < 0 or (start > begin and len(piece) < SHORTEST):
            continue
        if found is not None and start == begin and not was_changed:
            yield found
        was_changed = start > begin
        found, begin = (start, name, piece), start + len(piece)


def _name(key: bytes, half: bytes, content: bytes) -> bytes:
    return hmac.digest(key, b"egov-flow/part/1" + half + content, "sha256")[:NAME_BYTES]


def _pieces(content: bytes) -> Iterator[bytes]:
    """Cut bytes where what stands before a possible cut says so, and where a piece would be too long."""
    start = last = 0
    for place_ in _MAY_CUT.finditer(content):
        end = place_.end()
        if zlib.crc32(content[last:end]) % ONE_IN == 0:
            yield from _bounded(content[start:end])
            start = end
        last = end
    yield from _bounded(content[start:])


def _bounded(piece: bytes) -> Iterator[bytes]:
    return (piece[i : i + LONGEST] for i in range(0, len(piece), LONGEST))

# SPDX-License-Identifier: Apache-2.0
"""Edits of an XML file by byte ranges: what an edit does not name stays as its author wrote it, to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from egov_flow.errors import Finding, ProcedureError
from egov_flow.xml.gate import ENCODINGS

__all__ = ["Attribute", "Splice", "attributes", "encoding_of", "escape", "splice"]

DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
ATTRIBUTE = re.compile(rb"""\s+([^\s=/>"'<]+)\s*=\s*("[^"]*"|'[^']*')""")
TAG_NAME = re.compile(rb"<[^\s/>]+")
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
VALUE = {**TEXT, '"': "&quot;", "'": "&apos;", "\n": "&#10;", "\t": "&#9;"}


@attrs.frozen
class Splice:
    """Replace the bytes from `start` to `end` (not included) by `text`; equal offsets insert."""

    start: int
    end: int
    text: bytes = b""


@attrs.frozen
class Attribute:
    """One attribute of a start tag: its range with the white space before it, and the range of its value inside the quotes."""

    name: str
    start: int
    end: int
    value_start: int
    value_end: int


def splice(source: bytes, splices: Iterable[Splice]) -> bytes:
    """Return the source with all splices made; their offsets are those of the source as it is given.

    Several insertions at one offset are made in the order in which they are given.

    Raises:
        ProcedureError: `EF-X014` when two splices overlap, `EF-X015` when one lies outside the source.
    """
    pieces: list[bytes] = []
    done = 0
    for edit in sorted(splices, key=lambda s: (s.start, s.end)):
        if not 0 <= edit.start <= edit.end <= len(source):
            raise ProcedureError([Finding.of("EF-X015", start=edit.start, end=edit.end, size=len(source))])
        if edit.start < done:
            raise ProcedureError([Finding.of("EF-X014", offset=edit.start)])
        pieces += [source[done : edit.start], edit.text]
        done = edit.end
    return b"".join([*pieces, source[done:]])


def attributes(source: bytes, start: int, inner_start: int) -> dict[str, Attribute]:
    """Return the attributes of the start tag that stands at these offsets, by name as written, in their order."""
    name = TAG_NAME.match(source, start, inner_start)
    found: dict[str, Attribute] = {}
    match = ATTRIBUTE.match(source, name.end(), inner_start) if name else None
    while match:
        key = match[1].decode(encoding_of(source))
        found[key] = Attribute(key, match.start(), match.end(), match.start(2) + 1, match.end(2) - 1)
        match = ATTRIBUTE.match(source, match.end(), inner_start)
    return found


def encoding_of(source: bytes) -> str:
    """Return the encoding that the XML declaration names; `utf-8` if it names none, or one that the gate refuses."""
    declared = DECLARED.match(source)
    named = declared[1].decode("ascii").lower() if declared else "utf-8"
    return named if named in ENCODINGS else "utf-8"


def escape(text: str, source: bytes, *, attribute: bool = False) -> bytes:
    """Return a text as it must stand in this file: markup escaped, in the file's encoding, foreign characters as references.

    Raises:
        ProcedureError: `EF-X016` when it holds a character that XML 1.0 cannot hold.
    """
    if UNWRITABLE.search(text):
        raise ProcedureError([Finding.of("EF-X016")])
    table = VALUE if attribute else TEXT
    return "".join(table.get(character, character) for character in text).encode(encoding_of(source), "xmlcharrefreplace")

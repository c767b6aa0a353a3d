# SPDX-License-Identifier: Apache-2.0
"""The gate: one streaming pass of expat that refuses hostile XML before any tree is built, and notes where each tag stands.

A DOCTYPE is refused and not neutralised: a parser told to leave entities alone still expands them in attribute values, so that two
readers of one file would see two models.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn
from xml.parsers import expat

import attrs

from egov_flow.errors import Finding, Place, ProcedureError

__all__ = [
    "ENCODINGS",
    "MAX_ATTRIBUTES",
    "MAX_ATTRIBUTE_BYTES",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_ELEMENTS",
    "Tag",
    "scan",
]

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 100
MAX_ELEMENTS = 200_000
MAX_ATTRIBUTES = 64
MAX_ATTRIBUTE_BYTES = 1024 * 1024

# One byte of these is one ASCII character where it is markup, so that offsets of expat, of our scanner and of the file are the same.
ENCODINGS = frozenset({"utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})
UTF8_MARK = b"\xef\xbb\xbf"
WIDE_STARTS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00\x00<")
PACKED_STARTS = (b"\x1f\x8b", b"PK", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"%PDF", b"\x89PNG")

START_TAG = re.compile(rb"""<[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>""")


@attrs.frozen
class Tag:
    """Where one element stands.

    Attributes:
        name: as written, with its prefix.
        line: of the start tag's `<`, from 1.
        column: in characters, from 1.
        start: offset of the start tag's `<`, in bytes.
        inner_start: offset behind the start tag's `>` (equals `end` for an empty tag).
        inner_end: offset of the end tag's `<` (equals `end` for an empty tag).
        end: offset behind the element.
    """

    name: str
    line: int
    column: int
    start: int
    inner_start: int
    inner_end: int
    end: int


def scan(source: bytes, file: str) -> list[Tag]:
    """Let an XML file in, or refuse it; return its elements in the order of their start tags.

    Raises:
        ProcedureError: with the one finding that stopped the reading.
    """
    _refuse_unread(source, file)
    return _Scanner(source, file).run()


def _refuse_unread(source: bytes, file: str) -> None:
    """Refuse by size and first bytes alone, before any parser sees the file."""
    if len(source) > MAX_BYTES:
        _refuse("EF-X001", file, size=f"{len(source) / 1048576:.1f}", limit=MAX_BYTES // 1048576)
    if not source.removeprefix(UTF8_MARK).strip():
        _refuse("EF-X011", file)
    if source.startswith(WIDE_STARTS):
        _refuse("EF-X009", file, line=1, encoding="UTF-16")
    if source.startswith(PACKED_STARTS):
        _refuse("EF-X012", file)


def _refuse(code: str, file: str, *, line: int = 0, column: int = 1, **arguments: Any) -> NoReturn:
    raise ProcedureError([Finding.of(code, Place(file, line, column if line else 0), **arguments)])


class _Scanner:
    """One pass over one file."""

    def __init__(self, source: bytes, file: str) -> None:
        self.source = source
        self.file = file
        self.encoding = ""
        self.tags: list[Tag | None] = []
        self.open: list[tuple[int, str, int, int, int, int]] = []
        self.parser = expat.ParserCreate()
        self.parser.ordered_attributes = True
        self.parser.XmlDeclHandler = self.declaration
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.close

    def run(self) -> list[Tag]:
        try:
            self.parser.Parse(self.source, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            _refuse("EF-X002", self.file, line=error.lineno, column=self.column(error.lineno, error.offset), reason=reason)
        except ProcedureError:  # is a ValueError too
            raise
        except ValueError:  # expat asked Python for a codec that it cannot use
            _refuse("EF-X009", self.file, line=1, encoding=self.encoding)
        return [tag for tag in self.tags if tag is not None]

    def column(self, line: int, offset: int) -> int:
        """Return a column from 1; expat counts the byte order mark as a character, people do not."""
        marked = line == 1 and offset > 0 and self.source.startswith(UTF8_MARK)
        return offset + (0 if marked else 1)

    def refuse(self, code: str, **arguments: Any) -> NoReturn:
        line = self.parser.CurrentLineNumber
        _refuse(code, self.file, line=line, column=self.column(line, self.parser.CurrentColumnNumber), **arguments)

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = (encoding or "utf-8")[:40]
        if self.encoding.lower() not in ENCODINGS:
            _refuse("EF-X009", self.file, line=1, encoding=self.encoding)
        if self.source.startswith(UTF8_MARK) and self.encoding.lower() != "utf-8":  # expat believes the name, lxml the mark
            _refuse("EF-X018", self.file, line=1, encoding=self.encoding)

    def doctype(self, *_arguments: Any) -> None:
        self.refuse("EF-X003")

    def instruction(self, target: str, _data: str) -> None:
        if target != "xml-model":
            self.refuse("EF-X004", target=target[:40])

    def start(self, name: str, attributes: list[str]) -> None:
        if len(self.open) >= MAX_DEPTH:
            self.refuse("EF-X005", limit=MAX_DEPTH)
        if len(self.tags) >= MAX_ELEMENTS:
            self.refuse("EF-X006", limit=MAX_ELEMENTS)
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            self.refuse("EF-X007", limit=MAX_ATTRIBUTES)
        start = self.parser.CurrentByteIndex
        found = START_TAG.match(self.source, start)
        if found is None:
            self.refuse("EF-X010")
        if found.end() - start > MAX_ATTRIBUTE_BYTES:
            self.refuse("EF-X008", limit=MAX_ATTRIBUTE_BYTES // 1048576)
        line = self.parser.CurrentLineNumber
        self.open.append((len(self.tags), name, line, self.column(line, self.parser.CurrentColumnNumber), start, found.end()))
        self.tags.append(None)

    def close(self, _name: str) -> None:
        index, name, line, column, start, inner_start = self.open.pop()
        if self.source[inner_start - 2] == ord("/"):
            inner_end = end = inner_start
        else:
            inner_end = self.parser.CurrentByteIndex
            end = self.source.index(b">", inner_end) + 1
        self.tags[index] = Tag(name, line, column, start, inner_start, inner_end, end)

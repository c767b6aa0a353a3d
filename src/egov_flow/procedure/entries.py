# SPDX-License-Identifier: Apache-2.0
"""YAML read as plain entries, each with its place: no tags, no anchors, no surprises.

Only what a table of keys and texts needs is accepted (YAML 1.2, one document): mappings, lists and scalars. Anchors, aliases, tags, duplicate keys,
deep nesting and large files are findings, so that a file means the same to everybody who reads it and costs no more than its size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import attrs

from egov_flow.errors import Finding, Place

__all__ = ["Entry", "Written", "read_entries"]

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_ENTRIES = 20_000
KEPT = 8
"""So many files' entries are kept: a version is checked, deployed, changed and compared in a row, and scanning YAML takes longer than all else of reading."""

_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "false": False, "True": True, "False": False}


@attrs.frozen
class Written:
    """How an entry is written.

    Attributes:
        start: offset of its first character in the file, from 0, a byte order mark not counted.
        end: offset behind its last character; of a list or mapping that is not in brackets or braces, `start`: it ends where its last entry ends.
        style: of a scalar the character of its style, `"`, `'`, `|` or `>`; `{` of a list or mapping in brackets or braces; "" of any other.
    """

    start: int = 0
    end: int = 0
    style: str = ""


@attrs.frozen
class Entry:
    """One node of a YAML file.

    Attributes:
        kind: `text`, `number`, `flag`, `null`, `list` or `map`.
        place: file, line and column (from 1) where it begins.
        text: of a scalar, exactly as the file says, unquoted.
        items: of a list, in order.
        pairs: of a mapping, in order: (key, value); a key is always a `text` entry's text with its own place.
        written: where in the file and how.
    """

    kind: str
    place: Place
    text: str = ""
    items: tuple[Entry, ...] = ()
    pairs: tuple[tuple[Entry, Entry], ...] = ()
    written: Written = Written()

    def get(self, key: str) -> Entry | None:
        """Return the value of a key of a mapping; None if there is none."""
        return next((value for name, value in self.pairs if name.text == key), None)


def read_source(file: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file, of one that is larger than `limit` one more than that, so that its reader refuses it however long it is.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as stream:
        return stream.read(limit + 1)


def read_entries(source: bytes, file: str) -> tuple[Entry | None, tuple[Finding, ...]]:
    """Read one YAML document.

    Args:
        source: the bytes of the file, UTF-8.
        file: its name, as findings shall show it.

    Returns:
        The root entry, None if the file is empty or cannot be read; and what was wrong. Reading stops at the first thing that is not YAML.
    """
    if len(source) > MAX_BYTES:
        return None, (Finding.of("EF-P002", Place(file), limit=MAX_BYTES),)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = source.count(b"\n", 0, cause.start) + 1
        return None, (Finding.of("EF-P003", Place(file, line, 1)),)
    return _built(text, file)


@lru_cache(maxsize=KEPT)
def _built(text: str, file: str) -> tuple[Entry | None, tuple[Finding, ...]]:
    builder = _Builder(file)
    root = builder.build(text)
    return root, tuple(builder.findings)


class _Stop(Exception):
    """The rest of the file cannot be understood."""


@attrs.define
class _Open:
    """A list or mapping whose end has not been read yet."""

    kind: str
    place: Place
    written: Written
    items: list[Entry] = attrs.field(factory=list)
    keys: list[Entry] = attrs.field(factory=list)
    lines: dict[str, int] = attrs.field(factory=dict)


@attrs.define
class _Builder:
    file: str
    findings: list[Finding] = attrs.field(factory=list)
    stack: list[_Open] = attrs.field(factory=list)
    root: Entry | None = None
    count: int = 0
    documents: int = 0

    def build(self, text: str) -> Entry | None:
        try:
            for event in self._events(text):
                self._take(event)
        except _Stop:
            return None
        if self.root is not None and self.root.kind == "null":
            return None
        return self.root

    def _events(self, text: str) -> Iterator[Any]:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            yield from YAML(typ="safe", pure=True).parse(text)
        except MarkedYAMLError as wrong:
            self._stop("EF-P004", self._place(wrong.problem_mark or wrong.context_mark), problem=wrong.problem or wrong.context or "")
        except YAMLError as wrong:  # a character that YAML does not allow
            position = getattr(wrong, "position", 0)
            line = text.count("\n", 0, position) + 1
            self._stop("EF-P004", Place(self.file, line, position - text.rfind("\n", 0, position)), problem=str(wrong).partition("\n")[0])
        except (ValueError, RecursionError) as wrong:  # the library's own way to say that a directive or escape makes no sense
            self._stop("EF-P004", Place(self.file), problem=type(wrong).__name__)

    def _take(self, event: Any) -> None:
        name = type(event).__name__
        if name == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                self._stop("EF-P005", self._place(event.start_mark))
        if name in {"StreamStartEvent", "StreamEndEvent", "DocumentStartEvent", "DocumentEndEvent"}:
            return
        if name in {"SequenceEndEvent", "MappingEndEvent"}:
            self._close(self.stack.pop(), event)
            return
        place = self._place(event.start_mark)
        self._refuse(event, place)
        if name == "ScalarEvent":
            self._put(_scalar(event, place))
        else:
            written = _written(event, "{" if event.flow_style else "")
            self.stack.append(_Open("list" if name == "SequenceStartEvent" else "map", place, written))

    def _refuse(self, event: Any, place: Place) -> None:
        self.count += 1
        if len(self.stack) >= MAX_DEPTH or self.count > MAX_ENTRIES:
            self._stop("EF-P006", place, depth=MAX_DEPTH, count=MAX_ENTRIES)
        if event.anchor is not None:
            self._stop("EF-P007", place)
        if getattr(event, "tag", None) is not None:
            self._stop("EF-P008", place, tag=str(event.tag))
        if any("\ud800" <= letter <= "\udfff" for letter in getattr(event, "value", "")):
            self._stop("EF-P003", place)

    def _close(self, done: _Open, event: Any) -> None:
        written = attrs.evolve(done.written, end=event.end_mark.index) if done.written.style else done.written
        if done.kind == "list":
            self._put(Entry("list", done.place, items=tuple(done.items), written=written))
        else:
            self._put(Entry("map", done.place, pairs=tuple(zip(done.keys, done.items, strict=True)), written=written))

    def _put(self, entry: Entry) -> None:
        if not self.stack:
            self.root = entry
            return
        parent = self.stack[-1]
        if parent.kind == "map" and len(parent.keys) == len(parent.items):
            self._key(parent, entry)
        else:
            parent.items.append(entry)

    def _key(self, parent: _Open, entry: Entry) -> None:
        if entry.kind in {"list", "map", "null"}:
            self._stop("EF-P009", entry.place)
        if entry.text in parent.lines:
            self.findings.append(Finding.of("EF-P010", entry.place, key=entry.text, line=parent.lines[entry.text]))
        parent.lines.setdefault(entry.text, entry.place.line)
        parent.keys.append(entry)

    def _place(self, mark: Any) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1) if mark is not None else Place(self.file)

    def _stop(self, code: str, place: Place, **arguments: Any) -> NoReturn:
        self.findings.append(Finding.of(code, place, **arguments))
        raise _Stop


def _scalar(event: Any, place: Place) -> Entry:
    text: str = event.value
    kind = "number" if _WHOLE.fullmatch(text) or _NUMBER.fullmatch(text) else "text"
    if event.style is not None:  # quoted or a block: a text, whatever it looks like
        kind = "text"
    elif text in _WORDS:
        kind = "null" if _WORDS[text] is None else "flag"
    return Entry(kind, place, text, written=_written(event, event.style or ""))


def _written(event: Any, style: str) -> Written:
    return Written(event.start_mark.index, event.end_mark.index, style)

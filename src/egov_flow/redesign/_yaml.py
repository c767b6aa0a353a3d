# SPDX-License-Identifier: Apache-2.0
"""Edits of a YAML file by byte ranges: comments, quotes and order outside the edit stay as their author wrote them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import attrs

from egov_flow.bpmn import Splice
from egov_flow.procedure import Entry, read_entries

__all__ = ["Spans", "scalar"]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ \-]*[A-Za-z0-9_]|[A-Za-z]")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


@attrs.frozen
class _Span:
    """A value with its key: offsets of characters; `flow` says that the mapping around it is written in braces."""

    key: int
    start: int
    end: int
    is_flow: bool
    style: str = ""
    in_flow: bool = False


def scalar(value: str | int) -> str:
    """Return a text or number as YAML: plain where no reader can take it for something else, in quotes otherwise."""
    if isinstance(value, int):
        return str(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def _held(entry: Entry) -> Iterator[tuple[str, Entry, Entry]]:
    """Yield what a list or mapping holds: its name, its value, and where its lines begin, the key or the item itself."""
    yield from ((str(number), item, item) for number, item in enumerate(entry.items))
    yield from ((key.text, value, key) for key, value in entry.pairs)


@attrs.define
class Spans:
    """Where each value of a YAML file stands. Paths are tuples of keys, as `("deadlines", "decision", "amount")`."""

    text: str
    spans: dict[tuple[str, ...], _Span] = attrs.field(factory=dict)

    @classmethod
    def of(cls, source: bytes, file: str = "") -> Spans:
        """Find the values of a file that has been read without findings, by the name `file`."""
        spans = cls(source.decode("utf-8"))
        root, _ = read_entries(source, file)
        if root is not None:
            spans._note(root, (), -1)
        return spans

    def _note(self, entry: Entry, path: tuple[str, ...], key: int, *, in_flow: bool = False) -> int:
        """Note one value and all it holds; return the offset behind it."""
        shift, style, inner = 1 if self.text.startswith("\ufeff") else 0, entry.written.style, 0
        is_flow, start, end = style == "{", entry.written.start + shift, entry.written.end + shift
        for name, value, first in _held(entry):
            inner = self._note(value, (*path, name), first.written.start + shift, in_flow=is_flow)
        if style in {"|", ">"}:  # a block ends with its last line end
            end = start + len(self.text[start:end].rstrip())
        elif entry.kind in {"list", "map"} and not is_flow:
            end = inner
        self.spans[path] = _Span(key, start, end, is_flow, "" if is_flow else style, in_flow)
        return end

    def set(self, path: tuple[str, ...], value: str | int) -> list[Splice]:
        """Set a scalar: replace it where it stands, or add its key at the end of its mapping, which must exist."""
        span = self.spans.get(path)
        if span is None:
            return [self._add(path[:-1], path[-1], scalar(value))]
        written = scalar(value)
        if span.style in {'"', "'"} and isinstance(value, str):
            written = json.dumps(value, ensure_ascii=False) if span.style == '"' else "'" + value.replace("'", "''") + "'"
        return [self._splice(span.start, span.end, written)]

    def add(self, path: tuple[str, ...], written: str) -> Splice:
        """Add a key with a value, written in flow style, at the end of a mapping (or make the mapping at the end of the file)."""
        if path[:-1] in self.spans or len(path) == 1:
            return self._add(path[:-1], path[-1], written)
        return self._add((), path[0], f"\n  {path[1]}: {written}")

    def remove(self, path: tuple[str, ...]) -> Splice:
        """Take out a key with its value: its lines, or in braces the pair with its comma."""
        span = self.spans[path]
        if not span.in_flow:
            start = self.text.rfind("\n", 0, span.key) + 1
            line_end = self.text.find("\n", span.end)
            return self._splice(start, len(self.text) if line_end < 0 else line_end + 1, "")
        behind = re.compile(r"\s*,\s*").match(self.text, span.end)
        if behind:
            return self._splice(span.key, behind.end(), "")
        before = re.search(r",\s*\Z", self.text[: span.key])
        return self._splice(before.start() if before else span.key, span.end, "")

    def keys(self, path: tuple[str, ...]) -> list[str]:
        """Return the keys of a mapping."""
        return [p[-1] for p in self.spans if len(p) == len(path) + 1 and p[:-1] == path]

    def _add(self, parent: tuple[str, ...], key: str, written: str) -> Splice:
        children = [s for p, s in self.spans.items() if len(p) == len(parent) + 1 and p[:-1] == parent]
        around = self.spans.get(parent)
        if around is not None and around.is_flow:
            comma = ", " if children else ""
            close = around.end - 1
            at = max((s.end for s in children), default=close)
            return self._splice(at, at, f"{comma}{key}: {written}")
        newline = "\r\n" if "\r\n" in self.text else "\n"
        pair = f"{key}:{'' if written.startswith(chr(10)) else ' '}{written}".replace("\n", newline)
        last = max(children, key=lambda s: s.end, default=None)
        if last is None:
            return self._splice(
                len(self.text), len(self.text), f"{'' if self.text.endswith(chr(10)) or not self.text else newline}{pair}{newline}"
            )
        line = self.text.rfind("\n", 0, last.key) + 1
        indent = self.text[line : last.key]
        line_end = self.text.find("\n", last.end)
        if line_end < 0:
            return self._splice(len(self.text), len(self.text), f"{newline}{indent}{pair}")
        return self._splice(line_end + 1, line_end + 1, f"{indent}{pair}{newline}")

    def _splice(self, start: int, end: int, written: str) -> Splice:
        first = len(self.text[:start].encode("utf-8"))
        return Splice(first, first + len(self.text[start:end].encode("utf-8")), written.encode("utf-8"))

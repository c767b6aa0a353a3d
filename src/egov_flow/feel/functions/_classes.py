# SPDX-License-Identifier: Apache-2.0
"""Character classes that subtract another, `[A-Z-[IO]]` (XML Schema 1.1 part 2 §G.4.2): RE2 has none, so the difference is written out."""

from __future__ import annotations

import re

__all__ = ["without_subtraction"]

_MEMBER = r"(?:[^\[\]\\]|\\[nrt\\|.?*+(){}$\-\[\]^])"
_DIFFERENCE = re.compile(rf"(?<!\\)\[(?P<out>\^?)(?P<all>{_MEMBER}*?)-\[(?P<less_out>\^?)(?P<less>{_MEMBER}+)\]\]")
_MEMBERS = re.compile(r"(?P<first>\\.|[^\\])(?:-(?P<last>\\.|[^\\]))?", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
_LAST = 0x10FFFF
Spans = list[tuple[int, int]]


def without_subtraction(pattern: str) -> str:
    """Return the pattern with each difference of two plain classes written as one class; others stay, and are refused later."""
    return _DIFFERENCE.sub(_written, pattern)


def _written(found: re.Match[str]) -> str:
    spans = _common(_spans(found["all"], found["out"]), _complement(_spans(found["less"], found["less_out"])))
    # A class cannot be empty; nothing is neither a digit nor another character.
    return "[" + "".join(rf"\x{{{low:x}}}-\x{{{high:x}}}" for low, high in spans) + "]" if spans else r"[^\x{0}-\x{10ffff}]"


def _spans(members: str, inverted: str) -> Spans:
    spans: Spans = []
    for found in _MEMBERS.finditer(members):
        low = _code(found["first"])
        spans.append((low, _code(found["last"]) if found["last"] else low))
    spans.sort()
    return _complement(spans) if inverted else spans


def _code(text: str) -> int:
    return ord(_CONTROLS.get(text[1], text[1]) if len(text) == 2 else text)


def _complement(spans: Spans) -> Spans:
    gaps: Spans = []
    start = 0
    for low, high in sorted(spans):
        if low > start:
            gaps.append((start, low - 1))
        start = max(start, high + 1)
    return [*gaps, (start, _LAST)] if start <= _LAST else gaps


def _common(left: Spans, right: Spans) -> Spans:
    return sorted((max(a, c), min(b, d)) for a, b in left for c, d in right if max(a, c) <= min(b, d))

# SPDX-License-Identifier: Apache-2.0
r"""matches, replace and split: regular expressions in time that grows with the text alone (RE2; never Python's `re` on a pattern of a model).

The patterns are those of XPath 3.1 (DMN 1.5 §10.3.4.3). RE2 has no back references; such a pattern is refused (EF-F020), as is every other that it
cannot read. `\d`, `\w` and `\s` mean what XML Schema says: all of Unicode's digits and words, four kinds of space.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from egov_flow.feel._failures import START, fail
from egov_flow.feel.functions._classes import without_subtraction
from egov_flow.feel.functions._signature import Registry
from egov_flow.feel.limits import Run

__all__ = ["PATTERNS"]

PATTERNS = Registry()

_LONGEST = 10_000
_OUTSIDE = {"d": r"\p{Nd}", "D": r"\P{Nd}", "w": r"[^\p{P}\p{Z}\p{C}]", "W": r"[\p{P}\p{Z}\p{C}]", "s": r"[ \t\n\r]", "S": r"[^ \t\n\r]"}
_INSIDE = {"d": r"\p{Nd}", "D": r"\P{Nd}", "w": r"\p{L}\p{M}\p{N}\p{S}", "W": r"\p{P}\p{Z}\p{C}", "s": r" \t\n\r", "S": ""}
_PIECE = re.compile(r"\\(?P<code>x\{[0-9a-f]+\})|\\(?P<escape>.)|(?P<open>\[\^?)|(?P<close>\])|(?P<other>.)", re.DOTALL)
_CODE = re.compile(r"(?<!\\)(?:\\\\)*\\x")
_REPLACEMENT = re.compile(r"\\(?P<escape>.?)|\$(?P<group>[0-9]?)|(?P<other>[^\\$]+)", re.DOTALL)
_XPATH_ESCAPES = frozenset("nrt\\|.?*+(){}$-[]^pPdDwWsS")


@PATTERNS("matches(input: string, pattern: string, flags?: string) -> boolean")
def _matches(text: str, pattern: str, flags: str | None) -> bool | None:
    compiled = _pattern(pattern, flags)
    return None if compiled is None else compiled.search(text) is not None


@PATTERNS("replace(input: string, pattern: string, replacement: string, flags?: string) -> string", wants_run=True)
def _replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None) -> str | None:
    compiled = _pattern(pattern, flags)
    if compiled is None or compiled.search("") is not None:
        return None  # XPath: a pattern that matches nothing at all cannot be replaced
    parts = _replacement(replacement, compiled.groups)
    if parts is None:
        return None
    pieces: list[str] = []
    end = size = 0
    for found in compiled.finditer(text):
        filled = "".join(p if isinstance(p, str) else (found.group(p) or "") for p in parts)
        pieces += [text[end : found.start()], filled]
        end = found.end()
        size += len(pieces[-1]) + len(pieces[-2])
        run.spend(1 + (len(filled) >> 10), START)
        run.check_size(size, START)
    return "".join([*pieces, text[end:]])


@PATTERNS("split(string: string, delimiter: string) -> list<string>", wants_run=True)
def _split(run: Run, text: str, delimiter: str) -> tuple[str, ...] | None:
    compiled = _pattern(delimiter, None)
    if compiled is None or compiled.search("") is not None:
        return None
    pieces: list[str] = []
    end = 0
    for found in compiled.finditer(text):
        run.spend(1, START)
        pieces.append(text[end : found.start()])
        end = found.end()
    return (*pieces, text[end:])


@lru_cache(maxsize=512)
def _pattern(pattern: str, flags: str | None) -> Any:
    """Return the compiled pattern; None for flags that XPath does not have; raises EF-F020 for a pattern that cannot be run."""
    import re2

    if set(flags or "") - set("smix"):
        return None
    if len(pattern) > _LONGEST:
        raise fail("EF-F020", START)
    options = re2.Options()
    options.log_errors = False
    options.never_capture = False
    wanted = flags or ""
    inline = "".join(f for f in "smi" if f in wanted)
    if "x" in wanted:
        pattern = _without_spaces(pattern)
    try:
        return re2.compile(f"(?{inline})" * bool(inline) + _translated(pattern, dot_all="s" in wanted), options)
    except re2.error as cause:
        raise fail("EF-F020", START) from cause


def _without_spaces(pattern: str) -> str:
    """Return the pattern without the spaces outside its classes: XPath's flag x."""
    pieces: list[str] = []
    inside = escaped = False
    for letter in pattern:
        if letter in " \t\n\r" and not inside:
            continue
        pieces.append(letter)
        if not escaped:
            inside = letter == "[" or (inside and letter != "]")
        escaped = letter == "\\" and not escaped
    return "".join(pieces)


def _translated(pattern: str, *, dot_all: bool) -> str:
    """Return an XPath pattern as RE2 reads it; raises EF-F020 for what RE2 would read otherwise."""
    if _CODE.search(pattern):
        raise fail("EF-F020", START)  # XPath has no such escape; what follows writes it
    pieces: list[str] = []
    inside = False
    for found in _PIECE.finditer(without_subtraction(pattern)):
        kind, text = found.lastgroup, found[0]
        if kind == "escape":
            pieces.append(_escape(found["escape"], inside=inside))
        elif kind == "open" and inside:
            raise fail("EF-F020", START)  # subtraction, [a-z-[aeiou]], and an unescaped bracket
        elif text == "." and not inside and not dot_all:
            pieces.append(r"[^\n\r]")
        else:
            inside = kind == "open" or (inside and kind != "close")
            pieces.append(text)
    if "(?" in pattern.replace("(?:", "").replace(r"\(?", ""):
        raise fail("EF-F020", START)
    return "".join(pieces)


def _escape(letter: str, *, inside: bool) -> str:
    if letter not in _XPATH_ESCAPES or (inside and letter == "S"):
        raise fail("EF-F020", START)
    return (_INSIDE if inside else _OUTSIDE).get(letter, "\\" + letter)


def _replacement(text: str, groups: int) -> list[str | int] | None:
    """Return the replacement's text and group numbers; None if XPath would not read it."""
    parts: list[str | int] = []
    for found in _REPLACEMENT.finditer(text):
        if found.lastgroup == "other":
            parts.append(found[0])
        elif found.lastgroup == "escape":
            if found["escape"] not in ("\\", "$"):
                return None
            parts.append(found["escape"])
        else:
            if not found["group"]:
                return None
            number = int(found["group"])
            parts.append(number if number <= groups else "")
    return parts

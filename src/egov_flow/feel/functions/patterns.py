# SPDX-License-Identifier: Apache-2.0
r"""matches, replace and split: regular expressions in time that grows with the text alone (RE2; never Python's `re` on a pattern of a model).

The patterns are those of XPath 3.1 (DMN 1.5 §10.3.4.3). RE2 has no back references; such a pattern is refused (EF-F020), as is every other that it
cannot read. `\d`, `\w` and `\s` mean what XML Schema says: all of Unicode's digits and words, four kinds of space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import attrs

from egov_flow.feel._failures import START, fail
from egov_flow.feel.functions._classes import without_subtraction
from egov_flow.feel.functions._signature import Registry
from egov_flow.feel.limits import Run

__all__ = ["PATTERNS"]

PATTERNS = Registry()

_LONGEST = 10_000
_MATCH_COST = 6
_COMPILE_COST = 40
_FIRST, _FURTHER, _COMPILING = 8, 9, 2
_CLASS = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]|\\[pP]\{\w*\}")
_OUTSIDE = {"d": r"\p{Nd}", "D": r"\P{Nd}", "w": r"[^\p{P}\p{Z}\p{C}]", "W": r"[\p{P}\p{Z}\p{C}]", "s": r"[ \t\n\r]", "S": r"[^ \t\n\r]"}
_INSIDE = {"d": r"\p{Nd}", "D": r"\P{Nd}", "w": r"\p{L}\p{M}\p{N}\p{S}", "W": r"\p{P}\p{Z}\p{C}", "s": r" \t\n\r", "S": ""}
_PIECE = re.compile(r"\\(?P<code>x\{[0-9a-f]+\})|\\(?P<escape>.)|(?P<open>\[\^?)|(?P<close>\])|(?P<other>.)", re.DOTALL)
_CODE = re.compile(r"(?<!\\)(?:\\\\)*\\x")
_REPLACEMENT = re.compile(r"\\(?P<escape>.?)|\$(?P<group>[0-9]?)|(?P<other>[^\\$]+)", re.DOTALL)
_XPATH_ESCAPES = frozenset("nrt\\|.?*+(){}$-[]^pPdDwWsS")


@PATTERNS("matches(input: string, pattern: string, flags?: string) -> boolean", wants_run=True)
def _matches(run: Run, text: str, pattern: str, flags: str | None) -> bool | None:
    compiled = _pattern(run, pattern, flags, captures=False)
    if compiled is None:
        return None
    run.spend(_search_cost(compiled, len(text), _FIRST), START)
    return compiled.regexp.search(text) is not None


@PATTERNS("replace(input: string, pattern: string, replacement: string, flags?: string) -> string", wants_run=True)
def _replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None) -> str | None:
    compiled = _pattern(run, pattern, flags, captures="$" in replacement)
    if compiled is None or compiled.regexp.search("") is not None:
        return None  # XPath: a pattern that matches nothing at all cannot be replaced
    parts = _replacement(replacement, compiled.regexp.groups)
    if parts is None:
        return None
    pieces: list[str] = []
    end = size = 0
    for found in _found(run, compiled, text):
        filled = "".join(p if isinstance(p, str) else (found.group(p) or "") for p in parts)
        pieces += [text[end : found.start()], filled]
        end = found.end()
        size += len(pieces[-1]) + len(pieces[-2])
        run.spend(len(filled) >> 10, START)
        run.check_size(size, START)
    return "".join([*pieces, text[end:]])


@PATTERNS("split(string: string, delimiter: string) -> list<string>", wants_run=True)
def _split(run: Run, text: str, delimiter: str) -> tuple[str, ...] | None:
    compiled = _pattern(run, delimiter, None, captures=False)
    if compiled is None or compiled.regexp.search("") is not None:
        return None
    pieces: list[str] = []
    end = 0
    for found in _found(run, compiled, text):
        pieces.append(text[end : found.start()])
        end = found.end()
    return (*pieces, text[end:])


def _found(run: Run, compiled: _Pattern, text: str) -> Iterator[Any]:
    """Yield the matches; each search may look at all of the text that is left, and pays for it."""
    run.spend(_search_cost(compiled, len(text), _FIRST), START)
    for found in compiled.regexp.finditer(text):
        run.spend(_MATCH_COST + _search_cost(compiled, len(text) - found.end(), _FURTHER), START)
        yield found


def _search_cost(compiled: _Pattern, length: int, shift: int) -> int:
    """Return the fuel of a search: at worst RE2 goes through every state of the pattern at every character."""
    return (length * compiled.states) >> shift


@attrs.frozen
class _Pattern:
    """A compiled pattern: RE2's, how many states it has with each class counted as one, and the size of its program."""

    regexp: Any
    states: int
    size: int


def _pattern(run: Run, pattern: str, flags: str | None, *, captures: bool) -> _Pattern | None:
    """Return the compiled pattern; None for flags that XPath does not have. An evaluation compiles, and pays for, each pattern once."""
    if set(flags or "") - set("smix"):
        return None
    key = (pattern, flags, captures)
    known = run.patterns = {} if run.patterns is None else run.patterns
    compiled: _Pattern | None = known.get(key)
    if compiled is None:
        compiled = known[key] = _compiled(pattern, flags or "", captures=captures)
        run.spend(_COMPILE_COST + (compiled.size >> _COMPILING), START)
    return compiled


@lru_cache(maxsize=64)  # each may hold 8 MiB of states
def _compiled(pattern: str, flags: str, *, captures: bool) -> _Pattern:
    """Return the compiled pattern; raises EF-F020 for a pattern that cannot be run."""
    import re2

    if len(pattern) > _LONGEST:
        raise fail("EF-F020", START)
    options = re2.Options()
    options.log_errors = False
    options.never_capture = not captures
    inline = "".join(f for f in "smi" if f in flags)
    translated = f"(?{inline})" * bool(inline) + _translated(_without_spaces(pattern) if "x" in flags else pattern, dot_all="s" in flags)
    try:
        regexp = re2.compile(translated, options)
        return _Pattern(regexp, re2.compile(_CLASS.sub("x", translated), options).programsize, regexp.programsize)
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

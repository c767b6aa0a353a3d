# SPDX-License-Identifier: Apache-2.0
"""Text to tokens (DMN 1.5 §10.3.1.2, rules 24–41)."""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException
from functools import cache
from typing import Any

import attrs

from egov_flow.feel._failures import At, fail
from egov_flow.feel._numbers import NUMBERS

__all__ = ["KEYWORDS", "Token", "tokenize"]

# fmt: off
KEYWORDS = frozenset({
    "and", "or", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between",
    "true", "false", "null", "instance", "function", "external",
})
# fmt: on

_SPACE = "\u0009-\u000d\u0020\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_TOKEN = (
    rf"(?P<space>[{_SPACE}]+|//[^\n\r]*|/\*.*?\*/)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r'|(?P<string>"(?:[^"\\]|\\.)*")'
    rf"|(?P<name>[{_START}][{_PART}]*)"
    r"|(?P<op>\*\*|<=|>=|!=|\.\.|->|[-+*/=<>()\[\]{},.:@'])"
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "'": "'", '"': '"', "\\": "\\"}
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@attrs.frozen(kw_only=True)
class Token:
    """One token: `kind` is number, string, name, keyword, op or end; `value` the number or string it stands for."""

    kind: str
    text: str
    at: At
    start: int
    end: int
    value: Any = None

    @property
    def shown(self) -> str:
        """How an error names it."""
        return "the end" if self.kind == "end" else self.text


@cache
def _tokens() -> re.Pattern[str]:
    """The pattern, compiled at the first expression and not at every start."""
    return re.compile(_TOKEN, re.DOTALL)


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text, the last of kind `end`.

    Raises:
        FeelError: EF-F002 for a character that starts no token, EF-F009 for a string, comment or number that cannot be read.
    """
    tokens: list[Token] = []
    pattern = _tokens()
    position, line, line_start = 0, 1, 0
    while position < len(text):
        at = (line, position - line_start + 1)
        found = pattern.match(text, position)
        if found is None or (text.startswith("/*", position) and found.lastgroup == "op"):
            raise _unreadable(text, position, at)
        if found.lastgroup != "space":
            tokens.append(_token(found, at))
        newlines = text.count("\n", position, found.end())
        if newlines:
            line += newlines
            line_start = text.rfind("\n", position, found.end()) + 1
        position = found.end()
    tokens.append(Token(kind="end", text="", at=(line, position - line_start + 1), start=position, end=position))
    return tokens


def _token(found: re.Match[str], at: At) -> Token:
    kind, text = str(found.lastgroup), found[0]
    value: Any = None
    if kind == "number":
        value = _number(text, at)
    elif kind == "string":
        value = _unescape(text[1:-1], at)
    elif kind == "name" and text in KEYWORDS:
        kind = "keyword"
    return Token(kind=kind, text=text, at=at, start=found.start(), end=found.end(), value=value)


def _number(text: str, at: At) -> Decimal:
    try:
        return NUMBERS.create_decimal(text)
    except DecimalException as cause:
        raise fail("EF-F009", at, what="number") from cause


def _unescape(text: str, at: At) -> str:
    if "\\" in text:
        # A backslash before any other character stands for itself: "\d" is what an analyst writes in a pattern.
        text = _ESCAPE.sub(_escaped, text)
        text = _SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as cause:
        raise fail("EF-F009", at, what="string") from cause
    return text


def _escaped(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number <= 0x10FFFF else "\ud800"
    return _ESCAPED.get(code, "\\" + code)


def _unreadable(text: str, position: int, at: At) -> Exception:
    if text[position] == '"':
        return fail("EF-F009", at, what="string")
    if text.startswith("/*", position):
        return fail("EF-F009", at, what="comment")
    return fail("EF-F002", at, found=ascii(text[position])[1:-1] if not text[position].isprintable() else text[position])

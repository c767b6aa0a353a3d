# SPDX-License-Identifier: Apache-2.0
"""Walking the tokens: looking, taking, expecting, counting depth, and reading names that contain spaces or symbols.

FEEL decides by the scope where a name ends. Here a name is the longest run of tokens that spells a known name (given to `compile`, or bound in
the expression), or the run of adjacent words if that is longer. So `Applicant age > 18` needs no help, and `cost/benefit` or
`time in office` are names only where the caller said that they exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from egov_flow.errors import FeelError
from egov_flow.feel._failures import At, fail
from egov_flow.feel._lexer import Token, tokenize

__all__ = ["Cursor", "Spellings", "spellings"]

Spellings = dict[str, list[tuple[tuple[str, ...], str]]]
"""First token of a name → its token texts and the name as its owner spells it, longest first."""

_LONGEST_NAME = 200
_SPACES = re.compile(r"\s+")


def spellings(names: Iterable[str]) -> Spellings:
    """Return the names that are more than one plain word, ready to be matched."""
    index: Spellings = {}
    for name in names:
        parts = _parts(name) if len(name) <= _LONGEST_NAME else ()
        if parts and (len(parts) > 1 or parts[0][1] == "keyword"):
            texts = tuple(text for text, _ in parts)
            index.setdefault(texts[0], []).append((texts, name))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[tuple[str, str], ...]:
    try:
        return tuple((token.text, token.kind) for token in tokenize(name)[:-1])
    except FeelError:
        return ()  # a key that no FEEL text can spell; `get value` still reads it


class Cursor:
    """The tokens of one text and a place in them."""

    def __init__(self, text: str, known: list[Spellings], depth_limit: int) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.position = 0
        self.known = known
        self.depth = 0
        self.depth_limit = depth_limit

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.position]

    def ahead(self, count: int = 1) -> Token:
        """Return the token `count` further on, at most the end."""
        return self.tokens[min(self.position + count, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Return the next token and go past it; the end stays."""
        token = self.tokens[self.position]
        if token.kind != "end":
            self.position += 1
        return token

    def sees(self, *texts: str) -> bool:
        """Say whether the next token is an operator or keyword of these."""
        token = self.token
        return token.kind in ("op", "keyword") and token.text in texts

    def skip(self, text: str) -> bool:
        """Go past an operator or keyword if it is next, and say whether it was."""
        if self.sees(text):
            self.position += 1
            return True
        return False

    def expect(self, text: str) -> Token:
        """Go past an operator or keyword that must be next; raises EF-F003."""
        if not self.sees(text):
            raise self.unexpected(f'"{text}"')
        return self.take()

    def unexpected(self, expected: str) -> FeelError:
        """Return the error that something else was expected here."""
        return fail("EF-F003", self.token.at, expected=expected, found=self.token.shown)

    def deeper(self, at: At) -> None:
        """Count one level of nesting; raises EF-F004 past the limit. The caller subtracts it from `depth` on its way out."""
        self.depth += 1
        if self.depth > self.depth_limit:
            raise fail("EF-F004", at, limit=self.depth_limit)

    def known_name(self) -> str | None:
        """Go past the longest known name of several tokens that stands here and return it; None if none does."""
        best: tuple[int, str] | None = None
        for index in self.known:
            for texts, name in index.get(self.token.text, ()):
                if (best is None or len(texts) > best[0]) and self._spells(texts):
                    best = (len(texts), name)
        if best is None:
            return None
        self.position += best[0]
        return best[1]

    def _spells(self, texts: tuple[str, ...]) -> bool:
        here = self.tokens[self.position : self.position + len(texts)]
        return len(here) == len(texts) and all(
            t.kind in ("name", "keyword", "op", "number") and t.text == x for t, x in zip(here, texts, strict=True)
        )

    def words(self) -> str:
        """Go past the known name or the adjacent words that stand here, whichever is longer; raises EF-F003 if there are none."""
        start = self.position
        known = self.known_name()
        end, self.position = self.position, start
        parts = []
        while self.token.kind == "name":
            parts.append(self.take().text)
        if known is not None and end >= self.position:
            self.position = end
            return known
        if not parts:
            raise self.unexpected("a name")
        return " ".join(parts)

    def until(self, *stops: str) -> str:
        """Go past everything before one of these operators or keywords and return it as a name that is defined here."""
        first = self.token
        if first.kind not in ("name", "keyword"):
            raise self.unexpected("a name")
        last = first
        while not self.sees(*stops):
            if self.token.kind in ("end", "string") or self.sees("(", ")", "[", "]", "{", "}", ",", ":"):
                raise self.unexpected(f'"{stops[0]}"')
            last = self.take()
        return _SPACES.sub(" ", self.text[first.start : last.end])

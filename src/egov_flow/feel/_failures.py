# SPDX-License-Identifier: Apache-2.0
"""FeelErrors with their place in the text, and the hint for expressions of other languages."""

from __future__ import annotations

import re

from egov_flow.errors import FeelError

__all__ = ["START", "At", "fail", "foreign"]

At = tuple[int, int]
"""Line and column, both from 1."""

START: At = (1, 1)

_JUEL = re.compile(r"^\s*[$#]\{(.*)\}\s*$", re.DOTALL)
_REWRITES = (
    (re.compile(r"&&"), " and "),
    (re.compile(r"\|\|"), " or "),
    (re.compile(r"=="), "="),
    (re.compile(r"\b(?:eq)\b"), "="),
    (re.compile(r"\b(?:ne)\b"), "!="),
    (re.compile(r"\bgt\b"), ">"),
    (re.compile(r"\blt\b"), "<"),
    (re.compile(r"!\s*(?!=)([\w.]+)"), r"not(\1)"),
    (re.compile(r"'([^'\"]*)'"), r'"\1"'),
    (re.compile(r" {2,}"), " "),
)
_SHOWN = 200


def fail(code: str, at: At, **arguments: object) -> FeelError:
    """Return the error of this code at this place; the caller raises it."""
    line, column = at
    shown = {name: _short(str(value)) for name, value in arguments.items()}
    return FeelError(code, line=line, column=column, at=f"{line}:{column}", **shown)


def foreign(text: str) -> FeelError | None:
    """Return the refusal of a `${…}` or `#{…}` expression, with the FEEL that it should be; None if the text is not of that kind."""
    if not text.lstrip().startswith(("${", "#{")):
        return None
    found = _JUEL.match(text)
    inner = found[1] if found else text.lstrip()[2:].replace("}", " ")
    for pattern, replacement in _REWRITES:
        inner = pattern.sub(replacement, inner)
    return fail("EF-F005", START, found=text.strip()[:2], feel=inner.strip())


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"

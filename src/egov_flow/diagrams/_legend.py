# SPDX-License-Identifier: Apache-2.0
"""What stands around a drawing: the title, the legend of its marks, and notes on what it does not show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from egov_flow.diagrams import _badges as badges
from egov_flow.diagrams._geometry import Box
from egov_flow.diagrams._style import INK, PATH, QUIET, look_of_change, look_of_state
from egov_flow.diagrams._svg import element, escape
from egov_flow.diagrams._text import LINE, width, wrap
from egov_flow.diagrams._words import Words

__all__ = ["heading", "legend", "listed", "notes"]

_TITLE, _SMALL = 17.0, 10.5
_NAMED = 12


def heading(title: str, x: float, y: float, room: float, size: float = _TITLE) -> tuple[str, float]:
    """Return a title and its height."""
    lines = wrap(title, room, size)
    step = size * LINE
    spans = "".join(element("tspan", escape(line), x=x, y=y + size * 0.8 + n * step) for n, line in enumerate(lines))
    return element("text", spans, font_size=size, font_weight="bold", fill=INK), len(lines) * step + 8


def legend(words: Words, shown: Iterable[str], box: Box) -> tuple[str, float]:
    """Return a row (or rows) that explains every badge in the picture, and its height; nothing where nothing is marked."""
    entries = _entries(words, set(shown))
    x, y, drawn = box.left + 9, box.bottom + 26, []
    for badge, word in entries:
        wide = badge.width / 2 + 6 + width(word, _SMALL)
        if x + wide > box.right and x > box.left + 9:
            x, y = box.left + 9, y + 24
        drawn.append(badge.at((x, y)))
        drawn.append(element("text", escape(word), x=x + badge.width / 2 + 5, y=y + 3.8, font_size=_SMALL, fill=INK))
        x += wide + badge.width / 2 + 20
    return "".join(drawn), (y + 12 - box.bottom if entries else 0.0)


def _entries(words: Words, shown: set[str]) -> list[tuple[badges.Badge, str]]:
    marks, entries = words.marks, []
    for change in sorted({c for e, c in marks.changes.items() if e in shown}):
        look = look_of_change(change)
        entries.append((badges.sign_badge("change", look.sign, look.stroke), words.say(look.code)))
    states: dict[str, str] = {}
    for state in sorted({s for e, s in marks.states.items() if e in shown}):
        states.setdefault(words.state(state), state)
    for word, state in states.items():
        look = look_of_state(state)
        entries.append((badges.sign_badge("state", look.sign, look.stroke), word))
    if any(n for e, n in marks.tokens.items() if e in shown):
        entries.append((badges.token_badge(1), words.say("EF-G044")))
    if any(e in shown for e in marks.counts):
        entries.append((badges.count_badge("count", 12, PATH), words.say("EF-G045")))
    if any(e in shown for e in marks.path):
        entries.append((badges.count_badge("step", 1, PATH), words.say("EF-G046")))
    return entries


def notes(sentences: Sequence[str], box: Box, below: float) -> tuple[str, float]:
    """Return the sentences beneath a drawing, wrapped to its width, and their height."""
    lines = [line for sentence in sentences for line in wrap(sentence, max(box.width, 320), _SMALL)]
    y = box.bottom + below + 20
    spans = "".join(element("tspan", escape(line), x=box.left, y=y + n * _SMALL * LINE) for n, line in enumerate(lines))
    if not lines:
        return "", 0.0
    return element("text", spans, font_size=_SMALL, fill=QUIET), 14 + len(lines) * _SMALL * LINE


def listed(names: Sequence[str]) -> str:
    """Return names as a list for a note: all of them where they are few, else the first and how many there are."""
    if len(names) <= _NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMED])} … ({len(names)})"

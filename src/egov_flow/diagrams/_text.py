# SPDX-License-Identifier: Apache-2.0
"""How wide a text is and where its lines break, by a table of average widths; no font file is read."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["LINE", "fit", "width", "wrap"]

LINE = 1.22
"""Distance of two lines, in font sizes."""

# Widths in font sizes by class of character: those of DejaVu Sans, the widest of the fonts that the pictures name, so that no text outgrows its box.
_CLASSES = {
    0.25: "'",
    0.31: " ,.IJijl",
    0.36: "-/:;\\f|",
    0.40: "!()[]rt",
    0.46: '"',
    0.52: "*_`sz",
    0.56: "?Lc",
    0.61: "FPTYaekovxy",
    0.64: "$0123456789EKSbdghnpqu{}",
    0.69: "ABCRVXZ",
    0.76: "DGHNU",
    0.80: "&OQw",
    0.85: "#+<=>M^~",
    0.97: "%m",
    1.00: "@W",
}
_WIDTHS = {character: wide for wide, characters in _CLASSES.items() for character in characters}
_SMALLEST = 8.0


def _wide(character: str) -> float:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.66


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """Return how wide one line of text is at a font size, in the size's unit."""
    return sum(map(_wide, text)) * size


def wrap(text: str, room: float, size: float) -> list[str]:
    """Break a text into lines no wider than `room`; a word that is too long is broken inside, a line break of the text stays."""
    lines: list[str] = []
    for paragraph in text.replace("\r", "\n").split("\n"):
        line = ""
        for word in paragraph.split():
            for part in _parts(word, room, size):
                longer = f"{line} {part}" if line else part
                if line and width(longer, size) > room:
                    lines.append(line)
                    longer = part
                line = longer
        if line:
            lines.append(line)
    return lines


def _parts(word: str, room: float, size: float) -> list[str]:
    if width(word, size) <= room:
        return [word]
    parts, rest = [], word
    while rest and width(rest, size) > room:
        length = next((n for n in range(len(rest), 1, -1) if width(rest[:n], size) <= room), 1)
        parts.append(rest[:length])
        rest = rest[length:]
    return [*parts, rest] if rest else parts


def fit(text: str, room: float, height: float, size: float) -> tuple[list[str], float]:
    """Return lines and font size with which a text fits a box: smaller where it must, cut with an ellipsis where nothing else helps."""
    while True:
        lines = wrap(text, room, size)
        broken = any(width(word, size) > room for word in text.split())
        if (len(lines) * size * LINE <= height and not broken) or size <= _SMALLEST:
            break
        size -= 0.5
    most = max(1, int(height / (size * LINE)))
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], room, size)]
    return lines, size


def _cut(line: str, room: float, size: float) -> str:
    while line and width(line + "…", size) > room:
        line = line[:-1]
    return line.rstrip() + "…"

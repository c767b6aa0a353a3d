# SPDX-License-Identifier: Apache-2.0
"""Signs on the corners of shapes and on flows: state, change, count, tokens, step of a path."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from egov_flow.diagrams._geometry import Box
from egov_flow.diagrams._style import PAPER, TOKEN
from egov_flow.diagrams._svg import Point, element, escape, number
from egov_flow.diagrams._text import width

__all__ = ["Badge", "count_badge", "place", "sign_badge", "token_badge"]

_SIZE = 10.0
_SIGNS = {
    "check": "M-3.8 .2L-1.2 3L4 -3",
    "play": "M-2 -3.6L3.8 0L-2 3.6Z",
    "clock": "M0 -3.8V0L2.8 1.8",
    "exclamation": "M0 -4.4V1M0 3.8V4",
    "cross": "M-3 -3L3 3M3 -3L-3 3",
    "dot": "M0 -.1V.1",
    "plus": "M-4 0H4M0 -4V4",
    "minus": "M-4 0H4",
    "tilde": "M-4 1.2C-2.5 -2.4 -1 -2 0 0S2.5 2.4 4 -1.2",
    "arrow": "M-4 0H4M1 -3L4 0L1 3",
}
_CORNERS = {
    "count": ("top right", "top left", "bottom right", "bottom left"),
    "state": ("bottom right", "bottom left", "top right", "top left"),
    "change": ("bottom right", "top right", "bottom left", "top left"),
    "tokens": ("bottom left", "bottom right", "top left", "top right"),
    "step": ("top left", "top right", "bottom left", "bottom right"),
}


@attrs.frozen(kw_only=True)
class Badge:
    """A sign, written around (0, 0), and its size; `purpose` chooses its corner."""

    purpose: str
    svg: str
    width: float = 18.0
    height: float = 18.0

    def at(self, point: Point) -> str:
        """Write the badge around a point."""
        return element("g", self.svg, transform=f"translate({number(point[0])} {number(point[1])})")


def sign_badge(purpose: str, sign: str, ink: str) -> Badge:
    """Return a disc with a sign."""
    disc = element("circle", r=8, fill=ink, stroke=PAPER, stroke_width=1.5)
    width = 3.4 if sign == "dot" else 1.9
    mark = element(
        "path", d=_SIGNS[sign], fill=PAPER if sign == "play" else "none", stroke=PAPER,
        stroke_width=width, stroke_linecap="round", stroke_linejoin="round",
    )  # fmt: skip
    return Badge(purpose=purpose, svg=disc + mark)


def count_badge(purpose: str, count: int, ink: str) -> Badge:
    """Return a pill with a number."""
    text = f"{count:,}".replace(",", "\u202f")
    wide = max(18.0, width(text, _SIZE) + 10)
    pill = element("rect", x=-wide / 2, y=-8.5, width=wide, height=17, rx=8.5, fill=ink, stroke=PAPER, stroke_width=1.5)
    return Badge(purpose=purpose, svg=pill + _label(text), width=wide)


def token_badge(count: int) -> Badge:
    """Return a token, with its number when there are several."""
    disc = element("circle", r=9, fill=TOKEN, stroke=PAPER, stroke_width=1.5)
    if count == 1:
        return Badge(purpose="tokens", svg=disc + element("circle", r=3.2, fill=PAPER))
    return Badge(purpose="tokens", svg=disc + _label(str(count)))


def _label(text: str) -> str:
    return element("text", escape(text), y=3.6, text_anchor="middle", font_size=_SIZE, font_weight="bold", fill=PAPER)


def place(badges: Sequence[Badge], shape: Box, obstacles: Sequence[Box], form: str) -> list[tuple[Badge, Point]]:
    """Return each badge with its centre: on its usual corner, or on another one where something stands there already."""
    taken, placed = list(obstacles), []
    inset = 0.04 if form == "circle" else 0.18 if form == "diamond" else 0.0
    for badge in badges:
        spots = [_corner(shape, name, inset) for name in _CORNERS[badge.purpose]]
        boxes = [Box.around(x, y, badge.width, badge.height) for x, y in spots]
        best = min(range(len(spots)), key=lambda n: (sum(boxes[n].overlap(t) for t in taken), n))
        taken.append(boxes[best])
        placed.append((badge, spots[best]))
    return placed


def _corner(shape: Box, name: str, inset: float) -> Point:
    east = shape.right - shape.width * inset if "right" in name else shape.left + shape.width * inset
    south = shape.bottom - shape.height * inset if "bottom" in name else shape.top + shape.height * inset
    return east, south

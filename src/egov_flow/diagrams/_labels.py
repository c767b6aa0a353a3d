# SPDX-License-Identifier: Apache-2.0
"""Names beside events, gateways, data and flows: where the diagram puts them, else where they cover nothing."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import attrs

from egov_flow.bpmn.model import Bounds
from egov_flow.diagrams._geometry import Box, middle
from egov_flow.diagrams._nodes import text_block
from egov_flow.diagrams._style import INK
from egov_flow.diagrams._svg import Point
from egov_flow.diagrams._text import LINE, width, wrap

__all__ = ["Labels"]

_SIZE, _USUAL_WIDTH, _NARROWEST = 10.5, 96.0, 56.0
_ON_SHAPE, _ON_LABEL, _ON_LINE = 10.0, 12.0, 60.0


@attrs.define
class Labels:
    """Places labels one after the other; each avoids the shapes, the lines and the labels before it."""

    shapes: list[Box] = attrs.field(factory=list)
    lines: list[tuple[Point, Point]] = attrs.field(factory=list)
    placed: list[Box] = attrs.field(factory=list)

    def add_line(self, points: Sequence[Point]) -> None:
        """Keep labels off a flow."""
        self.lines.extend(itertools.pairwise(points))

    def at_shape(self, name: str, shape: Box, own: Bounds | None, *, is_gateway: bool = False, ink: str = INK) -> str:
        """Write a name beside a shape: at its own bounds; else below, above or at a side."""
        lines = _lines(name, own)
        if not lines:
            return ""
        wide, high = _size(lines)
        below = Box.around(shape.x, shape.bottom + 5 + high / 2, wide, high)
        above = Box.around(shape.x, shape.top - 5 - high / 2, wide, high)
        right = Box.around(shape.right + 6 + wide / 2, shape.bottom + high / 2, wide, high)
        left = Box.around(shape.left - 6 - wide / 2, shape.top - high / 2, wide, high)
        upper = Box.around(shape.right + 2 + wide / 2, shape.top - high / 2 + 6, wide, high)
        sides = [Box.around(shape.right + 6 + wide / 2, shape.y, wide, high), Box.around(shape.left - 6 - wide / 2, shape.y, wide, high)]
        first = [above, below, upper, right, left] if is_gateway else [below, above, right, upper, left]
        order = [*first, *sides, Box.around(shape.x, above.top - 3 - high / 2, wide, high)]
        return self._write(lines, [*self._own(own, wide, high), *order], ink)

    def at_line(self, name: str, points: Sequence[Point], own: Bounds | None, *, is_branch: bool = False, ink: str = INK) -> str:
        """Write a name beside a flow: at its own bounds; else along the first part of a branch or the middle of another flow."""
        lines = _lines(name, own)
        if not lines or len(points) < 2:
            return ""
        wide, high = _size(lines)
        parts = sorted(itertools.pairwise(points), key=lambda p: -abs(p[0][0] - p[1][0]) - abs(p[0][1] - p[1][1]))
        spots = [_half(part) for part in parts[:3]]
        spots.insert(0, _half((points[0], points[1])) if is_branch else middle(points))
        candidates = self._own(own, wide, high)
        for x, y in spots:
            candidates += [
                Box.around(x, y - 3 - high / 2, wide, high),
                Box.around(x, y + 3 + high / 2, wide, high),
                Box.around(x + 5 + wide / 2, y, wide, high),
                Box.around(x - 5 - wide / 2, y, wide, high),
                Box.around(x + 17 + wide / 2, y, wide, high),
                Box.around(x, y - 12 - high / 2, wide, high),
            ]
        return self._write(lines, candidates, ink)

    def _own(self, own: Bounds | None, wide: float, high: float) -> list[Box]:
        if own is None:
            return []
        x = own.x + own.width / 2
        return [Box(x - wide / 2, own.y, x + wide / 2, own.y + high)]

    def _write(self, lines: Sequence[str], candidates: Iterable[Box], ink: str) -> str:
        best, least = None, 0.0
        for n, candidate in enumerate(candidates):
            cost = self._cost(candidate) + n * 4
            if best is None or cost < least:
                best, least = candidate, cost
            if least <= n * 4:
                break  # the candidates that follow are dearer even where they cover nothing
        box = best or Box(0, 0, 0, 0)
        self.placed.append(box)
        return text_block(lines, box.x, box.y, _SIZE, ink=ink)

    def _cost(self, box: Box) -> float:
        tight = box.grown(-1)
        cost = sum(tight.overlap(s) for s in self.shapes) * _ON_SHAPE + sum(tight.overlap(p) for p in self.placed) * _ON_LABEL
        return cost + sum(_ON_LINE for start, end in self.lines if tight.meets(start, end))


def _half(part: tuple[Point, Point]) -> Point:
    (x, y), (to_x, to_y) = part
    return (x + to_x) / 2, (y + to_y) / 2


def _lines(name: str, own: Bounds | None) -> list[str]:
    # The bounds were measured with another font: a little more room keeps the lines as they were drawn.
    room = max(own.width * 1.18, _NARROWEST) if own is not None and own.width > 0 else _USUAL_WIDTH
    return wrap(name, room, _SIZE)


def _size(lines: Sequence[str]) -> tuple[float, float]:
    return max(width(line, _SIZE) for line in lines), len(lines) * _SIZE * LINE

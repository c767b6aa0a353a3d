# SPDX-License-Identifier: Apache-2.0
"""Boxes, lines and where they meet."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import attrs

from egov_flow.bpmn.model import Bounds
from egov_flow.diagrams._svg import Point, number

__all__ = ["Box", "arrowhead", "crop", "hull", "middle", "rounded"]


@attrs.frozen
class Box:
    """A rectangle by its sides; `top` is the smaller y."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, bounds: Bounds) -> Box:
        """Return the box of a shape's bounds."""
        return cls(bounds.x, bounds.y, bounds.x + bounds.width, bounds.y + bounds.height)

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> Box:
        """Return the box of that size around a centre."""
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def x(self) -> float:
        """The centre."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The centre."""
        return (self.top + self.bottom) / 2

    def grown(self, by: float) -> Box:
        """Return the box with every side moved outwards."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlap(self, other: Box) -> float:
        """Return the area that both cover."""
        if self.right <= other.left or other.right <= self.left:
            return 0.0
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    def holds(self, point: Point) -> bool:
        """Return whether a point lies inside, the border excluded."""
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom

    def meets(self, start: Point, end: Point) -> bool:
        """Return whether a line runs through the box (Liang and Barsky's clipping)."""
        if max(start[0], end[0]) <= self.left or min(start[0], end[0]) >= self.right:
            return False
        if max(start[1], end[1]) <= self.top or min(start[1], end[1]) >= self.bottom:
            return False
        low, high = 0.0, 1.0
        for at, to, least, most in ((start[0], end[0], self.left, self.right), (start[1], end[1], self.top, self.bottom)):
            way = to - at
            if way == 0:
                if not least < at < most:
                    return False
                continue
            first, second = sorted(((least - at) / way, (most - at) / way))
            low, high = max(low, first), min(high, second)
        return low < high


def hull(boxes: Iterable[Box]) -> Box | None:
    """Return the smallest box around all; None if there is none."""
    known = list(boxes)
    if not known:
        return None
    return Box(min(b.left for b in known), min(b.top for b in known), max(b.right for b in known), max(b.bottom for b in known))


def crop(inside: Point, outside: Point, box: Box, form: str) -> Point:
    """Return where the line from `inside` leaves a shape (`rectangle`, `circle` or `diamond`); `inside` itself if it is not in there."""
    if not box.holds(inside) or _within(outside, box, form):
        return inside
    low, high = 0.0, 1.0
    for _ in range(24):
        half = (low + high) / 2
        if _within(_between(inside, outside, half), box, form):
            low = half
        else:
            high = half
    return _between(inside, outside, high)


def _within(point: Point, box: Box, form: str) -> bool:
    across, along = abs(point[0] - box.x) / (box.width / 2 or 1), abs(point[1] - box.y) / (box.height / 2 or 1)
    if form == "circle":
        return across * across + along * along < 1
    if form == "diamond":
        return across + along < 1
    return across < 1 and along < 1


def _between(start: Point, end: Point, part: float) -> Point:
    return (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)


def _length(start: Point, end: Point) -> float:
    return float(((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5)


def rounded(points: Sequence[Point], radius: float = 6.0) -> str:
    """Return the path of a line whose corners are rounded."""
    path = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        first, second = _length(before, corner), _length(corner, after)
        reach = min(radius, first / 2, second / 2)
        if not reach:
            continue
        start, end = _between(corner, before, reach / first), _between(corner, after, reach / second)
        path.append(f"L{number(start[0])} {number(start[1])}Q{number(corner[0])} {number(corner[1])} {number(end[0])} {number(end[1])}")
    path.append(f"L{number(points[-1][0])} {number(points[-1][1])}")
    return "".join(path)


def middle(points: Sequence[Point]) -> Point:
    """Return the point half-way along a line."""
    rest = sum(_length(a, b) for a, b in itertools.pairwise(points)) / 2
    for start, end in itertools.pairwise(points):
        way = _length(start, end)
        if way and rest <= way:
            return _between(start, end, rest / way)
        rest -= way
    return points[-1]


def arrowhead(points: Sequence[Point], long: float = 9.0, half: float = 3.8) -> tuple[Point, Point, Point]:
    """Return the corners of the arrowhead at a line's end, its tip first."""
    tip = points[-1]
    tail = next((p for p in reversed(points[:-1]) if p != tip), (tip[0] - 1, tip[1]))
    way = _length(tail, tip)
    east, south = (tip[0] - tail[0]) / way, (tip[1] - tail[1]) / way
    back = (tip[0] - east * long, tip[1] - south * long)
    return tip, (back[0] - south * half, back[1] + east * half), (back[0] + south * half, back[1] - east * half)

# SPDX-License-Identifier: Apache-2.0
"""Moving a drawing as little as a change needs: room is made along one line, what holds others grows, everything else keeps its place.

All functions take a diagram and return a new one; `_drawing.py` writes the difference into the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from egov_flow.bpmn import Bounds, Definitions, Diagram, Edge, FlowNode, Lane, Shape

__all__ = ["Cut", "Point", "axis_dock", "bottom", "center", "ends_of", "joined", "make_room", "move_edge_end", "right", "with_bounds"]

Point = tuple[float, float]
_STEEP = 8.0  # a line this much longer one way than the other was meant to be upright or level


def right(bounds: Bounds) -> float:
    """Return the x of the right side."""
    return bounds.x + bounds.width


def bottom(bounds: Bounds) -> float:
    """Return the y of the lower side."""
    return bounds.y + bounds.height


def center(bounds: Bounds) -> Point:
    """Return the middle of a rectangle."""
    return bounds.x + bounds.width / 2, bounds.y + bounds.height / 2


def with_bounds(shape: Shape, bounds: Bounds) -> Shape:
    """Return a shape at another place; its label moves along."""
    east, south = bounds.x - shape.bounds.x, bounds.y - shape.bounds.y
    label = shape.label and attrs.evolve(shape.label, x=shape.label.x + east, y=shape.label.y + south)
    return attrs.evolve(shape, bounds=bounds, label=label)


def ends_of(definitions: Definitions) -> dict[str, tuple[str, str]]:
    """Return the ids that each connecting element connects."""
    lines: dict[str, tuple[str, str]] = {f.id: (f.source, f.target) for f in definitions.flows()}
    lines.update({f.id: (f.source, f.target) for f in definitions.message_flows})
    for _, content in definitions.contents():
        lines.update({a.id: (a.source, a.target) for a in content.associations})
    for collaboration in definitions.collaborations:
        lines.update({a.id: (a.source, a.target) for a in collaboration.associations})
    return lines


@attrs.frozen
class Cut:
    """A line across the drawing, and how far everything behind it is pushed: `x` to the right, `y` downwards."""

    axis: str
    at: float
    by: float

    def start(self, bounds: Bounds) -> float:
        """Return where a rectangle begins along the axis."""
        return bounds.x if self.axis == "x" else bounds.y

    def size(self, bounds: Bounds) -> float:
        """Return how long a rectangle is along the axis."""
        return bounds.width if self.axis == "x" else bounds.height

    def along(self, point: Point) -> float:
        """Return where a point lies along the axis."""
        return point[0] if self.axis == "x" else point[1]

    def moved(self, bounds: Bounds) -> Bounds:
        """Return a rectangle that is pushed."""
        return attrs.evolve(bounds, x=bounds.x + self.by) if self.axis == "x" else attrs.evolve(bounds, y=bounds.y + self.by)

    def grown(self, bounds: Bounds) -> Bounds:
        """Return a rectangle that makes room inside."""
        if self.axis == "x":
            return attrs.evolve(bounds, width=bounds.width + self.by)
        return attrs.evolve(bounds, height=bounds.height + self.by)


def make_room(diagram: Diagram, definitions: Definitions, cut: Cut, still: frozenset[str] = frozenset()) -> Diagram:
    """Push everything that lies behind a line away; what the line crosses grows if it holds others, else stays.

    Args:
        diagram: the plane.
        definitions: tells which shapes hold others, which events are attached, and what a flow connects.
        cut: where and how far; 0 or less changes nothing.
        still: elements that keep their place wherever the line is.
    """
    if cut.by <= 0:
        return diagram
    nodes = {n.id: n for n in definitions.nodes()}
    holders = {p.id for p in definitions.participants} | {n.id for n in nodes.values() if n.content is not None}
    holders |= {lane for _, content in definitions.contents() for lane in _lanes(content.lanes)}
    shapes = tuple(
        s if s.element in still else _pushed(s, cut, nodes.get(s.element), is_holder=s.element in holders) for s in diagram.shapes
    )
    old = {s.element: s.bounds for s in diagram.shapes}
    new = {s.element: s.bounds for s in shapes}
    ends = ends_of(definitions)
    known = {e.element: ends.get(e.element, ()) for e in diagram.edges}
    edges = tuple(
        e
        if known[e.element] and still.issuperset(known[e.element])
        else _stretched(e, cut, [_change(i, old, new) for i in known[e.element]])
        for e in diagram.edges
    )
    return attrs.evolve(diagram, shapes=shapes, edges=edges)


def _change(element: str, old: Mapping[str, Bounds], new: Mapping[str, Bounds]) -> tuple[Bounds, Bounds] | None:
    return (old[element], new[element]) if element in old else None


def _lanes(lanes: Iterable[Lane]) -> Iterable[str]:
    for lane in lanes:
        yield lane.id
        yield from _lanes(lane.lanes)


def _pushed(shape: Shape, cut: Cut, node: FlowNode | None, *, is_holder: bool) -> Shape:
    start, size = cut.start(shape.bounds), cut.size(shape.bounds)
    is_attached = node is not None and node.event is not None and bool(node.event.attached_to)
    if (start + size / 2 if is_attached else start) >= cut.at:
        return with_bounds(shape, cut.moved(shape.bounds))
    if is_holder and not is_attached and start + size > cut.at:
        return attrs.evolve(shape, bounds=cut.grown(shape.bounds))
    return shape


def _stretched(edge: Edge, cut: Cut, ends: Sequence[tuple[Bounds, Bounds] | None]) -> Edge:
    """Move the waypoints behind the line; an end follows the shape that it touches, and the point next to it where the line bends."""
    places = [cut.along(p) for p in edge.waypoints]
    moves = [cut.by if place >= cut.at else 0.0 for place in places]
    for end, index, inner in zip(ends, (0, -1), (1, -2), strict=False):
        if end is None or len(moves) < 2 or cut.size(end[0]) != cut.size(end[1]):
            continue
        moves[index] = cut.start(end[1]) - cut.start(end[0])
        if len(moves) > 2 and places[index] == places[inner]:
            moves[inner] = moves[index]
    points = tuple((x + m, y) if cut.axis == "x" else (x, y + m) for (x, y), m in zip(edge.waypoints, moves, strict=True))
    label = edge.label
    if label is not None and cut.start(label) >= cut.at:
        label = cut.moved(label)
    return attrs.evolve(edge, waypoints=_squared(points, edge.waypoints), label=label)


def _squared(points: tuple[Point, ...], before: tuple[Point, ...]) -> tuple[Point, ...]:
    """Bend a straight line of two points whose ends were moved apart."""
    if len(points) != 2:
        return points
    (x, y), (to_x, to_y) = points
    across, along = abs(before[0][0] - before[1][0]), abs(before[0][1] - before[1][1])
    if across * _STEEP <= along and x != to_x:
        half = (y + to_y) / 2
        return (x, y), (x, half), (to_x, half), (to_x, to_y)
    if along * _STEEP <= across and y != to_y:
        half = (x + to_x) / 2
        return (x, y), (half, y), (half, to_y), (to_x, to_y)
    return points


def axis_dock(bounds: Bounds, point: Point) -> str:
    """Return at which side of a shape a line ends: `left`, `right`, `top` or `bottom`."""
    distances = {
        "left": abs(point[0] - bounds.x),
        "right": abs(point[0] - right(bounds)),
        "top": abs(point[1] - bounds.y),
        "bottom": abs(point[1] - bottom(bounds)),
    }
    return min(distances, key=lambda side: distances[side])


def move_edge_end(points: Sequence[Point], to: Point, *, is_start: bool) -> tuple[Point, ...]:
    """Return a line whose first or last point is put elsewhere; the bend next to it follows, so that right angles stay."""
    line = list(points) if is_start else list(reversed(points))
    old, line[0] = line[0], to
    if len(line) > 2:
        if line[1][0] == old[0]:
            line[1] = (to[0], line[1][1])
        elif line[1][1] == old[1]:
            line[1] = (line[1][0], to[1])
    bent = list(_squared((line[0], line[1]), (old, line[1]))) if len(line) == 2 else line
    return tuple(bent if is_start else reversed(bent))


def joined(first: Sequence[Point], second: Sequence[Point]) -> tuple[Point, ...]:
    """Return one line out of two with a gap between them, bridged at right angles and without superfluous points."""
    (x, y), (to_x, to_y) = first[-1], second[0]
    via: list[Point] = []
    if x != to_x and y != to_y:
        arrives_level = len(first) > 1 and first[-2][1] == y
        via = [(to_x, y)] if arrives_level else [(x, to_y)]
    points: list[Point] = []
    for point in [*first, *via, *second]:
        while len(points) > 1 and _level(points[-2], points[-1], point):
            points.pop()
        if not points or points[-1] != point:
            points.append(point)
    return tuple(points)


def _level(first: Point, middle: Point, last: Point) -> bool:
    return first[0] == middle[0] == last[0] or first[1] == middle[1] == last[1]

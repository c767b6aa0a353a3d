# SPDX-License-Identifier: Apache-2.0
"""Where a parallel block is drawn: its steps in rows between two gateways, in the place of the chain that they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from egov_flow.bpmn import Bounds, Definitions, Diagram, Edge, FlowNode, SequenceFlow, Shape
from egov_flow.redesign._layout import Cut, Point, axis_dock, bottom, center, ends_of, make_room, move_edge_end, right, with_bounds
from egov_flow.redesign._steps import inside

__all__ = ["Block", "with_block"]

GATEWAY, GAP, ROW, MARGIN = 50.0, 50.0, 30.0, 20.0


@attrs.frozen(kw_only=True)
class Block:
    """A chain of steps and the ids of the gateways and flows that make it a parallel block.

    Attributes:
        chain: the steps in their old order.
        split, join: ids of the new gateways.
        entry: the flow that led to the first step and now leads to the split.
        inner: the flows between the steps, which go.
        exit: the flow that left the last step and now leaves the join.
        into, out: ids of the new flows, one per step.
    """

    chain: tuple[FlowNode, ...]
    split: str
    join: str
    entry: SequenceFlow
    inner: tuple[SequenceFlow, ...]
    exit: SequenceFlow
    into: tuple[str, ...]
    out: tuple[str, ...]


def with_block(diagram: Diagram, definitions: Definitions, block: Block) -> Diagram:
    """Return the plane with the block drawn; a plane that does not draw all the steps stays as it is."""
    shapes = {s.element: s for s in diagram.shapes}
    if any(step.id not in shapes for step in block.chain):
        return diagram
    old = [shapes[step.id].bounds for step in block.chain]
    left, end = min(b.x for b in old), max(right(b) for b in old)
    wide = max(b.width for b in old)
    missing = 2 * GATEWAY + 2 * GAP + wide - (end - left)
    diagram = make_room(diagram, definitions, Cut("x", end, missing))
    end += max(missing, 0.0)
    rows = _rows(old)
    diagram, rows = _deepened(diagram, definitions, block, (left, end), rows)
    column = (left + GATEWAY + GAP, end - GATEWAY - GAP)
    before = {s.element: s.bounds for s in diagram.shapes}
    diagram = _placed(diagram, definitions, block, column, rows)
    return _connected(diagram, block, (left, end), before)


def _rows(old: Iterable[Bounds]) -> list[float]:
    """Return the y of each step: its own, or below the steps before it where it would cover them."""
    rows: list[float] = []
    placed: list[tuple[float, float]] = []
    for b in old:
        y = b.y
        while hit := [low for top, low in placed if y < low + ROW / 2 and y + b.height > top - ROW / 2]:
            y = max(hit) + ROW
        rows.append(y)
        placed.append((y, y + b.height))
    return rows


def _deepened(
    diagram: Diagram, definitions: Definitions, block: Block, span: tuple[float, float], rows: list[float]
) -> tuple[Diagram, list[float]]:
    """Return the plane with room for the new rows, and the rows: everything below the chain goes down where they would reach it."""
    shapes = {s.element: s for s in diagram.shapes}
    now = [shapes[step.id].bounds for step in block.chain]
    pushed = [n for n, b in enumerate(now) if rows[n] != b.y]
    if not pushed:
        return diagram, rows
    first = now[pushed[0]]
    beside = [b for n, b in enumerate(now) if n not in pushed and b.y < bottom(first) + ROW / 2 and bottom(b) > first.y - ROW / 2]
    cut = max(map(bottom, beside))  # never empty: a step is pushed down because it would stand beside one of these
    needed = max(rows[n] + now[n].height for n in pushed) + MARGIN
    free = _free(diagram, definitions, block, span, cut)
    deeper = make_room(diagram, definitions, Cut("y", cut, needed - free), _held(diagram, block.chain))
    after = {s.element: s.bounds for s in deeper.shapes}
    kept = [rows[n] if n in pushed else after[step.id].y for n, step in enumerate(block.chain)]
    return deeper, kept


def _free(diagram: Diagram, definitions: Definitions, block: Block, span: tuple[float, float], cut: float) -> float:
    """Return how far down the place below the chain is free: to the next shape, level line or border of what holds the chain."""
    own = _held(diagram, block.chain)
    first = next(s.bounds for s in diagram.shapes if s.element == block.chain[0].id)
    limits = [float("inf")]
    for shape in diagram.shapes:
        b = shape.bounds
        if shape.element in own:
            continue
        if b.x <= first.x and b.y <= first.y and right(b) >= right(first) and bottom(b) >= bottom(first):
            limits.append(bottom(b))
        elif b.y >= cut and b.x < span[1] and right(b) > span[0]:
            limits.append(b.y)
    ends = ends_of(definitions)
    for edge in diagram.edges:
        if own.intersection(ends.get(edge.element, ())):
            continue
        for (x, y), (to_x, to_y) in zip(edge.waypoints, edge.waypoints[1:], strict=False):
            if y == to_y and y > cut and min(x, to_x) < span[1] and max(x, to_x) > span[0]:
                limits.append(y)
    return min(limits)


def _held(diagram: Diagram, steps: Iterable[FlowNode]) -> frozenset[str]:
    """Return the steps with all that they hold, by the model or, as in an expanded call activity, by the drawing alone."""
    held: set[str] = set()
    places = {s.element: s.bounds for s in diagram.shapes}
    for step in steps:
        held |= inside(step)
        b = places[step.id]
        held |= {e for e, i in places.items() if b.x < i.x and b.y < i.y and right(i) < right(b) and bottom(i) < bottom(b)}
    return frozenset(held)


@attrs.frozen
class _Move:
    """A step that moves: where it stood, all that it holds, and by how much."""

    place: Bounds
    own: frozenset[str]
    by: Point


def _placed(diagram: Diagram, definitions: Definitions, block: Block, column: tuple[float, float], rows: list[float]) -> Diagram:
    """Put the steps into their rows, with all that they hold and the ends of every line that touches them."""
    redrawn = {block.entry.id, block.exit.id, *(flow.id for flow in block.inner)}
    ends = {**ends_of(definitions), **dict.fromkeys(redrawn, ("", ""))}
    places = {s.element: s.bounds for s in diagram.shapes}
    moves = []  # all reckoned before the first step moves over another's old place
    for step, y in zip(block.chain, rows, strict=True):
        b = places[step.id]
        moves.append(_Move(b, _held(diagram, [step]), ((column[0] + column[1] - b.width) / 2 - b.x, y - b.y)))
    for move in moves:
        diagram = _moved(diagram, move, ends)
    return diagram


def _moved(diagram: Diagram, move: _Move, ends: Mapping[str, tuple[str, str]]) -> Diagram:
    places = {s.element: s.bounds for s in diagram.shapes}
    shapes = tuple(with_bounds(s, _by(s.bounds, move.by)) if s.element in move.own else s for s in diagram.shapes)
    edges = []
    for edge in diagram.edges:
        known = ends.get(edge.element)
        if known is None:
            held = _touches(move.place, edge.waypoints[0]), _touches(move.place, edge.waypoints[-1])
            edges.append(_followed(edge, held, move.by, [None, None]))
        else:
            held = known[0] in move.own, known[1] in move.own
            edges.append(_followed(edge, held, move.by, [places.get(end) for end in known]))
    return attrs.evolve(diagram, shapes=shapes, edges=tuple(edges))


def _by(bounds: Bounds, by: Point) -> Bounds:
    return attrs.evolve(bounds, x=bounds.x + by[0], y=bounds.y + by[1])


def _touches(bounds: Bounds, point: Point) -> bool:
    x, y = point
    near = bounds.x - 2 <= x <= right(bounds) + 2 and bounds.y - 2 <= y <= bottom(bounds) + 2
    return near and min(abs(x - bounds.x), abs(x - right(bounds)), abs(y - bounds.y), abs(y - bottom(bounds))) <= 2


def _followed(edge: Edge, held: tuple[bool, bool], by: Point, places: list[Bounds | None]) -> Edge:
    """Return an edge whose ends at a moved step move along; an upright line to a pool slides as a whole."""
    if not any(by) or not any(held):
        return edge
    points = edge.waypoints
    slides = len(points) == 2 and points[0][0] == points[1][0] and by[1] == 0
    other = places[1] if held[0] else places[0]
    if all(held) or (slides and other is not None and other.x < points[0][0] + by[0] < right(other)):
        label = edge.label
        if label is not None:
            label = _by(label, by)
        return attrs.evolve(edge, waypoints=tuple((x + by[0], y + by[1]) for x, y in points), label=label)
    at = points[0] if held[0] else points[-1]
    return attrs.evolve(edge, waypoints=move_edge_end(points, (at[0] + by[0], at[1] + by[1]), is_start=held[0]))


def _connected(diagram: Diagram, block: Block, span: tuple[float, float], before: Mapping[str, Bounds]) -> Diagram:
    """Draw the gateways and the flows of the block, and lead the flows around it to them; `before` is where the steps stood."""
    first, last = before[block.chain[0].id], before[block.chain[-1].id]
    half = GATEWAY / 2
    split = Shape(element=block.split, id=f"{block.split}_di", bounds=Bounds(span[0], center(first)[1] - half, GATEWAY, GATEWAY))
    join = Shape(element=block.join, id=f"{block.join}_di", bounds=Bounds(span[1] - GATEWAY, center(last)[1] - half, GATEWAY, GATEWAY))
    places = {s.element: s.bounds for s in diagram.shapes}
    gone = {flow.id for flow in block.inner}
    edges = []
    for edge in diagram.edges:
        if edge.element == block.entry.id:
            edges.append(attrs.evolve(edge, waypoints=_redocked(edge, first, split.bounds, is_start=False)))
        elif edge.element == block.exit.id:
            edges.append(attrs.evolve(edge, waypoints=_redocked(edge, last, join.bounds, is_start=True)))
        elif edge.element not in gone:
            edges.append(edge)
    for step, into, out in zip(block.chain, block.into, block.out, strict=True):
        edges.append(Edge(element=into, id=f"{into}_di", waypoints=_branch(split.bounds, places[step.id])))
        edges.append(Edge(element=out, id=f"{out}_di", waypoints=_merge(places[step.id], join.bounds)))
    return attrs.evolve(diagram, shapes=(*diagram.shapes, split, join), edges=tuple(edges))


def _redocked(edge: Edge, old: Bounds, new: Bounds, *, is_start: bool) -> tuple[Point, ...]:
    side = axis_dock(old, edge.waypoints[0] if is_start else edge.waypoints[-1])
    return move_edge_end(edge.waypoints, _docks(new)[side], is_start=is_start)


def _docks(bounds: Bounds) -> Mapping[str, Point]:
    x, y = center(bounds)
    return {"left": (bounds.x, y), "right": (right(bounds), y), "top": (x, bounds.y), "bottom": (x, bottom(bounds))}


def _branch(gateway: Bounds, step: Bounds) -> tuple[Point, ...]:
    x, y = center(gateway)
    level = center(step)[1]
    if abs(level - y) < GATEWAY / 2:
        half = (right(gateway) + step.x) / 2
        return ((right(gateway), y), (step.x, y)) if level == y else ((right(gateway), y), (half, y), (half, level), (step.x, level))
    return (x, bottom(gateway) if level > y else gateway.y), (x, level), (step.x, level)


def _merge(step: Bounds, gateway: Bounds) -> tuple[Point, ...]:
    x, y = center(gateway)
    level = center(step)[1]
    if abs(level - y) < GATEWAY / 2:
        half = (right(step) + gateway.x) / 2
        return ((right(step), y), (gateway.x, y)) if level == y else ((right(step), level), (half, level), (half, y), (gateway.x, y))
    return (right(step), level), (x, level), (x, bottom(gateway) if level > y else gateway.y)

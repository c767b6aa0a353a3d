# SPDX-License-Identifier: Apache-2.0
"""What rules ask of a drawing: where a shape lies, where an edge goes, what touches what."""

from __future__ import annotations

import math
from collections.abc import Mapping

from egov_flow.bpmn import Bounds
from egov_flow.checks.sheet import Sheet, Thing

__all__ = ["box", "contains", "distance", "overlap", "points", "shapes"]


def _number(thing: Thing, attribute: str) -> float | None:
    try:
        value = float(thing.get(attribute))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) < 1e9 else None


def box(shape: Thing) -> Bounds | None:
    """Return the rectangle of a shape; None when it has none that can be read."""
    bounds = shape.child("Bounds")
    values = [_number(bounds, name) for name in ("x", "y", "width", "height")] if bounds else [None]
    found = [value for value in values if value is not None]
    return Bounds(*found) if len(found) == 4 else None


def points(edge: Thing) -> list[tuple[float, float]]:
    """Return the waypoints of an edge that can be read."""
    pairs = [(_number(point, "x"), _number(point, "y")) for point in edge.kids("waypoint")]
    return [(x, y) for x, y in pairs if x is not None and y is not None]


def shapes(sheet: Sheet, plane: Thing) -> Mapping[str, Bounds]:
    """Return the rectangles of a plane by the id of what they draw."""
    if plane not in sheet.boxes:
        found = ((shape.ref("bpmnElement"), box(shape)) for shape in plane.kids("BPMNShape"))
        sheet.boxes[plane] = {element: bounds for element, bounds in found if bounds is not None and element in sheet.ids}
    return sheet.boxes[plane]


def contains(outer: Bounds, inner: Bounds, slack: float = 2.0) -> bool:
    """Return whether one rectangle lies in another."""
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.x + inner.width <= outer.x + outer.width + slack
        and inner.y + inner.height <= outer.y + outer.height + slack
    )


def overlap(one: Bounds, other: Bounds, slack: float = 2.0) -> bool:
    """Return whether two rectangles share more than their border."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > slack and down > slack


def distance(point: tuple[float, float], bounds: Bounds) -> float:
    """Return how far a point lies from a rectangle; 0 inside."""
    x = max(bounds.x - point[0], 0.0, point[0] - bounds.x - bounds.width)
    y = max(bounds.y - point[1], 0.0, point[1] - bounds.y - bounds.height)
    return math.hypot(x, y)

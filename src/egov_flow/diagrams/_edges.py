# SPDX-License-Identifier: Apache-2.0
"""Sequence flows, message flows and associations as SVG (BPMN 2.0.2 §7.6, table 7.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from egov_flow.bpmn.model import Edge, Shape
from egov_flow.diagrams._geometry import Box, arrowhead, crop, rounded
from egov_flow.diagrams._index import Item, form
from egov_flow.diagrams._style import INK, PAPER
from egov_flow.diagrams._svg import Point, element, number

__all__ = ["Line", "draw_edge", "route"]


@attrs.frozen(kw_only=True)
class Line:
    """With what a flow is drawn."""

    stroke: str = INK
    width: float = 1.5
    dashes: str = ""


def route(edge: Edge, item: Item | None, items: Mapping[str, Item], shapes: Mapping[str, Shape]) -> list[Point]:
    """Return the waypoints without repetitions, cut off where they run into the shapes they connect."""
    points: list[Point] = []
    for point in edge.waypoints:
        if not points or points[-1] != point:
            points.append(point)
    if item is None or len(points) < 2:
        return points
    source, target = (shapes.get(end) for end in item.ends)
    if source is not None:
        points[0] = crop(points[0], points[1], Box.of(source.bounds), form(items.get(source.element)))
    if target is not None:
        points[-1] = crop(points[-1], points[-2], Box.of(target.bounds), form(items.get(target.element)))
    return points


def draw_edge(item: Item | None, points: Sequence[Point], line: Line, source: Item | None) -> str:
    """Draw a flow along its points; an edge whose element is not known is a data association, dotted with an open arrow."""
    kind = item.kind if item else "dataAssociation"
    if kind == "sequenceFlow":
        return _sequence_flow(item, points, line, source)
    if kind == "messageFlow":
        _, (x, y), _ = arrowhead((points[1], points[0]), long=4, half=0)
        start = element("circle", cx=x, cy=y, r=3.8, fill=PAPER, stroke=line.stroke, stroke_width=1.2)
        return _stroke(points, line, line.dashes or "7 5") + _head(points, line, fill=PAPER) + start
    dotted = _stroke(points, line, line.dashes or "0.5 4.5", cap="round")
    heads = [points] if kind == "dataAssociation" or (item and item.direction in {"One", "Both"}) else []
    if item and item.direction == "Both":
        heads.append(list(reversed(points)))
    return dotted + "".join(_open_head(p, line) for p in heads)


def _stroke(points: Sequence[Point], line: Line, dashes: str = "", cap: str | None = None) -> str:
    return element(
        "path", d=rounded(points), fill="none", stroke=line.stroke, stroke_width=line.width,
        stroke_dasharray=dashes or None, stroke_linecap=cap, stroke_linejoin="round",
    )  # fmt: skip


def _corners(points: Sequence[Point]) -> str:
    return "L".join(f"{number(x)} {number(y)}" for x, y in points)


def _head(points: Sequence[Point], line: Line, fill: str) -> str:
    corners = arrowhead(points, long=9 + line.width, half=3.2 + line.width / 2)
    return element("path", d=f"M{_corners(corners)}Z", fill=fill, stroke=line.stroke, stroke_width=1.2, stroke_linejoin="round")


def _open_head(points: Sequence[Point], line: Line) -> str:
    tip, one, other = arrowhead(points, long=8, half=4.5)
    return element("path", d=f"M{_corners((one, tip, other))}", fill="none", stroke=line.stroke, stroke_width=1.4, stroke_linecap="round")


def _sequence_flow(item: Item | None, points: Sequence[Point], line: Line, source: Item | None) -> str:
    drawn = _stroke(points, line, line.dashes) + _head(points, line, fill=line.stroke)
    if item is None or source is None or source.node is None:
        return drawn
    if source.node.default == item.id:
        return drawn + _slash(points, line)
    if item.has_condition and source.activity is not None:
        return drawn + _diamond(points, line)
    return drawn


def _slash(points: Sequence[Point], line: Line) -> str:
    tip, one, other = arrowhead((points[1], points[0]), long=11, half=5)
    x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
    east, south = (x - tip[0]) / 11, (y - tip[1]) / 11
    start, end = (one[0] - east * 4, one[1] - south * 4), (other[0] + east * 4, other[1] + south * 4)
    return element("path", d=f"M{_corners((start, end))}", stroke=line.stroke, stroke_width=line.width, fill="none")


def _diamond(points: Sequence[Point], line: Line) -> str:
    tip, one, other = arrowhead((points[1], points[0]), long=8, half=4.5)
    far = (one[0] + other[0] - tip[0], one[1] + other[1] - tip[1])
    return element("path", d=f"M{_corners((tip, one, far, other))}Z", fill=PAPER, stroke=line.stroke, stroke_width=1.2)

# SPDX-License-Identifier: Apache-2.0
"""Events, gateways, activities, data and annotations as SVG."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from egov_flow.bpmn.model import Activity, Event, Gateway, Shape
from egov_flow.diagrams._geometry import Box
from egov_flow.diagrams._glyphs import activity_markers, event_glyph, gateway_glyph, task_glyph
from egov_flow.diagrams._index import Item
from egov_flow.diagrams._style import INK, PAPER, QUIET
from egov_flow.diagrams._svg import colour, element, escape, number
from egov_flow.diagrams._text import LINE, fit, width

__all__ = ["Pen", "draw_node", "text_block"]

TEXT = 11.0


@attrs.frozen(kw_only=True)
class Pen:
    """With what a shape is drawn."""

    fill: str = PAPER
    stroke: str = INK
    dashes: str = ""
    is_heavy: bool = False

    @classmethod
    def of(cls, shape: Shape) -> Pen:
        """Return the pen of a shape's own colours."""
        return cls(fill=colour(shape.fill, PAPER), stroke=colour(shape.stroke, INK))

    def width(self, usual: float) -> float:
        """Return a stroke's width, heavier for what stands out."""
        return usual + 0.9 if self.is_heavy else usual


def text_block(
    lines: Sequence[str],
    x: float,
    y: float,
    size: float,
    *,
    anchor: str = "middle",
    ink: str = INK,
    weight: str | None = None,
    turn: str | None = None,
) -> str:
    """Write lines of text; (`x`, `y`) is the middle of the block, or of its left side with `anchor="start"`."""
    step = size * LINE
    first = y - (len(lines) - 1) * step / 2 + size * 0.35
    written = "".join(element("tspan", escape(line), x=x, y=first + n * step) for n, line in enumerate(lines))
    return element("text", written, text_anchor=anchor, font_size=size, font_weight=weight, fill=ink, transform=turn)


def draw_node(item: Item, shape: Shape, pen: Pen) -> str:
    """Draw a flow node, data element, annotation or message at its place; the labels of events, gateways and data are drawn elsewhere."""
    box = Box.of(shape.bounds)
    if item.event is not None:
        return _event(item, item.event, box, pen)
    if item.gateway is not None:
        return _gateway(item, item.gateway, box, pen)
    if item.activity is not None:
        return _activity(item, item.activity, shape, box, pen)
    if item.kind == "textAnnotation":
        return _annotation(item, box, pen)
    if item.kind == "dataStoreReference":
        return _store(box, pen)
    if item.kind == "message":
        return _path(
            f"M{_at(box.left, box.top)}H{number(box.right)}V{number(box.bottom)}H{number(box.left)}ZL{_at(box.x, box.y)}L{_at(box.right, box.top)}",
            pen,
        )
    return _data(item, box, pen)


def _at(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"


def _path(path: str, pen: Pen, width: float = 1.5) -> str:
    return element(
        "path",
        d=path,
        fill=pen.fill,
        stroke=pen.stroke,
        stroke_width=pen.width(width),
        stroke_linejoin="round",
        stroke_dasharray=pen.dashes or None,
    )


def _event(item: Item, event: Event, box: Box, pen: Pen) -> str:
    radius = min(box.width, box.height) / 2
    dashes = pen.dashes or (None if event.is_interrupting else "5 3.5")
    line = 3.4 if item.kind == "endEvent" else 1.5
    parts = [
        element(
            "circle", cx=box.x, cy=box.y, r=radius, fill=pen.fill, stroke=pen.stroke, stroke_width=pen.width(line), stroke_dasharray=dashes
        )
    ]
    if item.kind in {"boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent"}:
        parts.append(
            element("circle", cx=box.x, cy=box.y, r=radius - 3.2, fill="none", stroke=pen.stroke, stroke_width=1.2, stroke_dasharray=dashes)
        )
    throws = item.kind in {"intermediateThrowEvent", "endEvent"}
    parts.append(event_glyph(event, box.x, box.y, radius * (0.86 if len(parts) == 2 else 0.95), throws=throws, ink=pen.stroke))
    return "".join(parts)


def _gateway(item: Item, gateway: Gateway, box: Box, pen: Pen) -> str:
    path = f"M{_at(box.x, box.top)}L{_at(box.right, box.y)}L{_at(box.x, box.bottom)}L{_at(box.left, box.y)}Z"
    return _path(path, pen) + gateway_glyph(item.kind, gateway, box.x, box.y, min(box.width, box.height), ink=pen.stroke)


def _rectangle(box: Box, pen: Pen, *, width: float, radius: float, dashes: str | None = None) -> str:
    return element(
        "rect", x=box.left, y=box.top, width=box.width, height=box.height, rx=radius,
        fill=pen.fill, stroke=pen.stroke, stroke_width=width, stroke_dasharray=dashes or pen.dashes or None,
    )  # fmt: skip


def _activity(item: Item, activity: Activity, shape: Shape, box: Box, pen: Pen) -> str:
    is_expanded = item.is_expanded(shape)
    is_collapsed = not is_expanded and (item.kind == "callActivity" or (item.node is not None and item.node.content is not None))
    line = 3.6 if item.kind == "callActivity" else 1.5
    parts = [_rectangle(box, pen, width=pen.width(line), radius=10, dashes="1.5 4" if activity.is_event_subprocess else None)]
    if item.kind == "transaction":
        parts.append(_rectangle(box.grown(-3), Pen(fill="none", stroke=pen.stroke), width=1.2, radius=8))
    glyph = task_glyph(item.kind, activity, box.left + 6, box.top + 6, pen.stroke)
    markers = activity_markers(item.kind, activity, box.x, box.bottom, is_collapsed=is_collapsed, ink=pen.stroke)
    parts += [glyph, markers]
    if is_expanded:
        lines, size = fit(item.name, box.width - 24, 30, TEXT)
        parts.append(text_block(lines, box.x, box.top + 8 + len(lines) * size * LINE / 2, size) if lines else "")
    else:
        room = Box(box.left + 5, box.top + 3, box.right - 5, box.bottom - (17 if markers else 3))
        parts.append(_inside(item.name, room, Box(box.left, box.top, box.left + 24, box.top + 22) if glyph else None))
    return "".join(parts)


def _inside(name: str, room: Box, sign: Box | None) -> str:
    """Write a name into the middle of a box; below the type's sign where it would cover it."""
    lines, size = fit(name, room.width, room.height, TEXT)
    if not lines:
        return ""
    wide = max(width(line, size) for line in lines)
    if sign is not None and Box.around(room.x, room.y, wide, len(lines) * size * LINE).overlap(sign):
        room = Box(room.left, sign.bottom - 1, room.right, room.bottom)
        lines, size = fit(name, room.width, room.height, TEXT)
    return text_block(lines, room.x, room.y, size)


def _annotation(item: Item, box: Box, pen: Pen) -> str:
    bracket = (
        f"M{_at(min(box.left + 10, box.right), box.top)}H{number(box.left)}V{number(box.bottom)}H{number(min(box.left + 10, box.right))}"
    )
    lines, size = fit(item.name, max(box.width - 10, 20), max(box.height - 4, TEXT * LINE), TEXT)
    line = element("path", d=bracket, fill="none", stroke=pen.stroke, stroke_width=1.4, stroke_dasharray=pen.dashes or None)
    return line + (text_block(lines, box.left + 6, box.y, size, anchor="start", ink=INK) if lines else "")


def _data(item: Item, box: Box, pen: Pen) -> str:
    fold = min(12.0, box.width / 3)
    page = f"M{_at(box.left, box.top)}H{number(box.right - fold)}L{_at(box.right, box.top + fold)}V{number(box.bottom)}H{number(box.left)}Z"
    drawn = _path(page, pen, 1.3) + element(
        "path",
        d=f"M{_at(box.right - fold, box.top)}V{number(box.top + fold)}H{number(box.right)}",
        fill="none",
        stroke=pen.stroke,
        stroke_width=1.3,
    )
    if item.is_collection:
        bars = "".join(f"M{_at(box.x + x, box.bottom - 11)}V{number(box.bottom - 3)}" for x in (-4, 0, 4))
        drawn += element("path", d=bars, stroke=pen.stroke, stroke_width=1.6)
    return drawn


def _store(box: Box, pen: Pen) -> str:
    curve, wide = min(7.0, box.height / 6), box.width
    side = f"{number(wide / 2)} {number(curve)} 0 0"
    body = (
        f"M{_at(box.left, box.top + curve)}A{side} 1 {_at(box.right, box.top + curve)}V{number(box.bottom - curve)}"
        f"A{side} 1 {_at(box.left, box.bottom - curve)}Z"
    )
    rings = "".join(f"M{_at(box.left, box.top + curve + d)}A{side} 0 {_at(box.right, box.top + curve + d)}" for d in (0, 5, 10))
    return _path(body, pen, 1.3) + element(
        "path", d=rings, fill="none", stroke=pen.stroke, stroke_width=1.1 if pen.stroke != QUIET else 1.0
    )

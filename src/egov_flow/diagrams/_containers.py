# SPDX-License-Identifier: Apache-2.0
"""Pools, lanes and the outlines of shapes whose kind is not known."""

from __future__ import annotations

from egov_flow.bpmn.model import Shape
from egov_flow.diagrams._geometry import Box
from egov_flow.diagrams._index import Item
from egov_flow.diagrams._nodes import Pen, text_block
from egov_flow.diagrams._style import QUIET
from egov_flow.diagrams._svg import element, number
from egov_flow.diagrams._text import fit

__all__ = ["STRIP", "draw_band", "draw_outline"]

STRIP = 30.0
"""Width of the strip that holds the name of a pool or lane."""

_SIZE = 12.0


def draw_band(item: Item, shape: Shape, pen: Pen) -> str:
    """Draw a pool or lane with its name: turned by 90 degrees at the left, or along the top of a vertical one; in the middle of a black box."""
    box = Box.of(shape.bounds)
    is_pool = item.kind == "participant"
    frame = element(
        "rect", x=box.left, y=box.top, width=box.width, height=box.height, fill=pen.fill if is_pool else "none",
        stroke=pen.stroke, stroke_width=1.5 if is_pool else 1.0, stroke_dasharray=pen.dashes or None,
    )  # fmt: skip
    weight = "bold" if is_pool else None
    if item.is_black_box and is_pool:
        lines, size = fit(item.name, box.width - 16, box.height - 6, _SIZE)
        return frame + (text_block(lines, box.x, box.y, size, weight=weight) if lines else "")
    is_horizontal = shape.is_horizontal is not False
    length = (box.height if is_horizontal else box.width) - 10
    lines, size = fit(item.name, length, STRIP - 2, _SIZE)
    strip = _strip(box, pen, is_horizontal=is_horizontal) if is_pool else ""
    if not lines:
        return frame + strip
    x, y = (box.left + STRIP / 2, box.y) if is_horizontal else (box.x, box.top + STRIP / 2)
    turn = f"rotate(-90 {number(x)} {number(y)})" if is_horizontal else None
    return frame + strip + text_block(lines, x, y, size, weight=weight, turn=turn)


def _strip(box: Box, pen: Pen, *, is_horizontal: bool) -> str:
    if is_horizontal:
        line = f"M{number(box.left + STRIP)} {number(box.top)}V{number(box.bottom)}"
    else:
        line = f"M{number(box.left)} {number(box.top + STRIP)}H{number(box.right)}"
    return element("path", d=line, fill="none", stroke=pen.stroke, stroke_width=1.0)


def draw_outline(item: Item, shape: Shape) -> str:
    """Draw the outline of a group, and of an element that the model does not know (a conversation)."""
    box = Box.of(shape.bounds)
    frame = element(
        "rect", x=box.left, y=box.top, width=box.width, height=box.height, rx=10,
        fill="none", stroke=QUIET, stroke_width=1.3, stroke_dasharray="9 4 1.5 4",
    )  # fmt: skip
    lines, size = fit(item.name, box.width - 16, 28, 11)
    return frame + (text_block(lines, box.x, box.top + 4 + len(lines) * size / 2, size, ink=QUIET) if lines else "")

# SPDX-License-Identifier: Apache-2.0
"""A plain layout: elements in columns by their distance from the start, boundary events on the lower border of their activity."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from tests.corners.lines import TAGS, Element

GAP_X, GAP_Y, MARGIN = 60, 40, 40
SIZES = {"Event": (36, 36), "Gateway": (50, 50)}


@attrs.define
class Box:
    """The rectangle of an element, and of what it holds."""

    element: Element
    x: int = 0
    y: int = 0
    width: int = 100
    height: int = 80
    inner: list[Box] = attrs.field(factory=list)


def diagram(processes: list[Element]) -> list[str]:
    """Return one BPMNDiagram for each process."""
    found: list[str] = []
    for process in processes:
        if not process.inner:
            continue
        boxes, _, _ = _placed(process.inner)
        lines = [*_shapes(boxes, 0, 0), *_edges(process.inner, boxes, 0, 0)]
        found.append(
            f'  <bpmndi:BPMNDiagram id="Diagram_{process.id}"><bpmndi:BPMNPlane id="Plane_{process.id}" bpmnElement="{process.id}">'
        )
        found += [f"    {line}" for line in lines]
        found.append("  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>")
    return found


def _placed(elements: list[Element]) -> tuple[list[Box], int, int]:
    """Return the boxes of one level, its width and height."""
    nodes = [e for e in elements if e.kind not in ("flow", "association", "object")]
    columns = _columns(nodes, [e for e in elements if e.kind == "flow"])
    boxes = {node.id: _sized(node) for node in nodes}
    x, height = MARGIN, 0
    for column in sorted(set(columns.values())):
        members = [n for n in nodes if columns[n.id] == column and n.kind != "boundary"]
        y = MARGIN
        for node in members:
            box = boxes[node.id]
            box.x, box.y = x, y
            y += box.height + GAP_Y
        height = max(height, y)
        x += max((boxes[n.id].width for n in members), default=0) + GAP_X
    _on_borders(nodes, boxes)
    return list(boxes.values()), max(x, 100), max(height + MARGIN, 80)


def _on_borders(nodes: list[Element], boxes: dict[str, Box]) -> None:
    taken: dict[str, int] = {}
    for node in nodes:
        host = boxes.get(node.part("on") or "")
        if host is not None:
            number = taken[host.element.id] = taken.get(host.element.id, 0) + 1
            boxes[node.id].x = host.x + host.width - 46 * number
            boxes[node.id].y = host.y + host.height - 18


def _sized(node: Element) -> Box:
    if node.inner:
        inner, width, height = _placed(node.inner)
        return Box(node, width=width, height=height, inner=inner)
    width, height = next((size for end, size in SIZES.items() if TAGS[node.kind].endswith(end)), (100, 80))
    return Box(node, width=width, height=height)


def _columns(nodes: list[Element], flows: list[Element]) -> dict[str, int]:
    """Return the column of each element: how far it is from what nothing leads to, loops left out."""
    before: dict[str, list[str]] = {n.id: [host] if (host := n.part("on")) else [] for n in nodes}
    order = {n.id: i for i, n in enumerate(nodes)}
    for flow in flows:
        if order.get(flow.source, 0) < order.get(flow.target, 0):
            before[flow.target].append(flow.source)
    columns: dict[str, int] = {}
    for node in nodes:
        columns[node.id] = max((columns.get(b, 0) + 1 for b in before[node.id]), default=0)
    return columns


def _shapes(boxes: list[Box], dx: int, dy: int) -> Iterator[str]:
    for box in boxes:
        expanded = ' isExpanded="true"' if box.inner else ""
        yield (
            f'<bpmndi:BPMNShape id="{box.element.id}_shape" bpmnElement="{box.element.id}"{expanded}>'
            f'<dc:Bounds x="{dx + box.x}" y="{dy + box.y}" width="{box.width}" height="{box.height}"/></bpmndi:BPMNShape>'
        )
        yield from _shapes(box.inner, dx + box.x, dy + box.y)


def _edges(elements: list[Element], boxes: list[Box], dx: int, dy: int) -> Iterator[str]:
    by_id = {box.element.id: box for box in boxes}
    for flow in elements:
        if flow.kind in ("flow", "association"):
            a, b = by_id[flow.source], by_id[flow.target]
            points = _way(a, b)
            inner = "".join(f'<di:waypoint x="{dx + x}" y="{dy + y}"/>' for x, y in points)
            yield f'<bpmndi:BPMNEdge id="{flow.id}_edge" bpmnElement="{flow.id}">{inner}</bpmndi:BPMNEdge>'
    for box in boxes:
        if box.inner:
            yield from _edges(box.element.inner, box.inner, dx + box.x, dy + box.y)


def _way(a: Box, b: Box) -> list[tuple[int, int]]:
    start, end = (a.x + a.width, a.y + a.height // 2), (b.x, b.y + b.height // 2)
    if end[0] < start[0]:  # back: below everything between
        low = max(a.y + a.height, b.y + b.height) + GAP_Y // 2
        return [
            (a.x + a.width // 2, a.y + a.height),
            (a.x + a.width // 2, low),
            (b.x + b.width // 2, low),
            (b.x + b.width // 2, b.y + b.height),
        ]
    middle = (start[0] + end[0]) // 2
    return [start, (middle, start[1]), (middle, end[1]), end]

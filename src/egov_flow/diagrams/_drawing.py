# SPDX-License-Identifier: Apache-2.0
"""One plane of a diagram with its marks, put together from shapes, flows, labels and badges."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from egov_flow.bpmn.model import Definitions, Diagram, Shape
from egov_flow.diagrams import _badges as badges
from egov_flow.diagrams._containers import draw_band, draw_outline
from egov_flow.diagrams._edges import Line, draw_edge, route
from egov_flow.diagrams._geometry import Box, hull, middle
from egov_flow.diagrams._index import Item, form, index
from egov_flow.diagrams._labels import Labels
from egov_flow.diagrams._nodes import Pen, draw_node
from egov_flow.diagrams._style import INK, PATH, QUIET, look_of_change, look_of_state
from egov_flow.diagrams._svg import Point, colour, element, escape
from egov_flow.diagrams._text import width
from egov_flow.diagrams._words import Words
from egov_flow.diagrams.marks import Marks

__all__ = ["Drawing", "draw"]


@attrs.frozen(kw_only=True)
class Drawing:
    """A drawn plane: its SVG, the box it fills, the ids it shows, and those of unknown kind."""

    svg: str
    box: Box
    shown: frozenset[str]
    unknown: tuple[str, ...] = ()


@attrs.define
class _Sheet:
    """What was drawn so far, layer by layer from the bottom."""

    definitions: Definitions
    diagram: Diagram
    words: Words
    items: dict[str, Item]
    shapes: dict[str, Shape]
    back: list[str] = attrs.field(factory=list)
    flows: list[str] = attrs.field(factory=list)
    front: list[str] = attrs.field(factory=list)
    names: list[str] = attrs.field(factory=list)
    signs: list[str] = attrs.field(factory=list)
    boxes: list[Box] = attrs.field(factory=list)
    unknown: list[str] = attrs.field(factory=list)
    labels: Labels = attrs.field(factory=Labels)
    obstacles: list[Box] = attrs.field(factory=list)
    ghosts: set[str] = attrs.field(factory=set)

    @property
    def marks(self) -> Marks:
        return self.words.marks


def draw(definitions: Definitions, diagram: Diagram, words: Words) -> Drawing:
    """Draw one plane: pools and lanes first, then flows, nodes, names and marks; removed elements as ghosts beneath."""
    sheet = _Sheet(definitions, diagram, words, index(definitions), {s.element: s for s in diagram.shapes})
    _ghosts(sheet)
    ordered = sorted(diagram.shapes, key=lambda s: _depth(sheet, s))
    leaves = [s for s in ordered if not _is_container(sheet.items.get(s.element), s)]
    sheet.labels.shapes.extend(Box.of(s.bounds) for s in leaves)
    sheet.obstacles.extend(Box.of(s.bounds) for s in leaves if _is_attached(sheet.items.get(s.element)))
    for shape in ordered:
        _shape(sheet, shape, is_leaf=shape in leaves)
    routes = _routes(sheet)
    for edge_element, points in routes.items():
        _flow(sheet, edge_element, points)
    _flow_badges(sheet, routes)
    _names(sheet, leaves, routes)
    _badges(sheet, ordered)
    drawn = frozenset(sheet.shapes) | frozenset(routes) | sheet.ghosts
    layers = (sheet.back, sheet.flows, sheet.front, sheet.names, sheet.signs)
    body = "".join("".join(layer) for layer in layers)
    return Drawing(svg=body, box=hull(sheet.boxes + sheet.labels.placed) or Box(0, 0, 40, 40), shown=drawn, unknown=tuple(sheet.unknown))


def _is_attached(item: Item | None) -> bool:
    return item is not None and item.is_attached


def _is_container(item: Item | None, shape: Shape) -> bool:
    if item is None:
        return True
    return item.is_expanded(shape) or item.kind in {"participant", "lane", "group"}


def _depth(sheet: _Sheet, shape: Shape) -> tuple[int, float]:
    """Order of drawing: pools, lanes, outlines, what holds others (large before small), nodes, boundary events."""
    item = sheet.items.get(shape.element)
    area = shape.bounds.width * shape.bounds.height
    if item is None or item.kind == "group":
        return 2, -area
    if item.kind in {"participant", "lane"}:
        return (0 if item.kind == "participant" else 1), -area
    if _is_container(item, shape):
        return 3, -area
    return (5 if item.is_attached else 4), -area


def _group(sheet: _Sheet, item: Item, drawn: str, *, is_ghost: bool = False) -> str:
    title = element("title", escape(sheet.words.element(item)))
    return element("g", title, drawn, data_element=item.id, data_kind=item.kind, opacity=0.6 if is_ghost else None)


def _pen(sheet: _Sheet, shape: Shape) -> Pen:
    marks, own = sheet.marks, Pen.of(shape)
    if shape.element in marks.changes:
        look = look_of_change(marks.changes[shape.element])
    elif shape.element in marks.states:
        look = look_of_state(marks.states[shape.element])
    elif shape.element in marks.path:
        return attrs.evolve(own, stroke=PATH, is_heavy=True)
    else:
        return own
    return Pen(fill=look.fill, stroke=look.stroke, dashes=look.dashes, is_heavy=True)


def _shape(sheet: _Sheet, shape: Shape, *, is_leaf: bool) -> None:
    item = sheet.items.get(shape.element)
    sheet.boxes.append(Box.of(shape.bounds))
    if item is None:
        sheet.unknown.append(shape.element)
        outline = Item(id=shape.element, kind="unknown")
        sheet.back.append(_group(sheet, outline, draw_outline(outline, shape)))
        return
    if item.activity is not None and not is_leaf and item.name:  # its title stands inside, at the top: labels keep off it
        box = Box.of(shape.bounds)
        sheet.labels.placed.append(Box.around(box.x, box.top + 15, min(width(item.name, 11), box.width - 24), 14))
    drawn = _drawn(item, shape, _pen(sheet, shape))
    (sheet.front if is_leaf else sheet.back).append(_group(sheet, item, drawn))


def _drawn(item: Item, shape: Shape, pen: Pen) -> str:
    if item.kind in {"participant", "lane"}:
        return draw_band(item, shape, pen)
    return draw_outline(item, shape) if item.kind == "group" else draw_node(item, shape, pen)


def _routes(sheet: _Sheet) -> dict[str, list[Point]]:
    routes = {}
    for edge in sheet.diagram.edges:
        points = route(edge, sheet.items.get(edge.element), sheet.items, sheet.shapes)
        if len(points) > 1:
            routes[edge.element] = points
            sheet.labels.add_line(points)
            sheet.boxes.extend(Box(x, y, x, y) for x, y in points)
    return routes


def _flow(sheet: _Sheet, edge: str, points: list[Point]) -> None:
    item = sheet.items.get(edge)
    known = item or Item(id=edge, kind="dataAssociation")
    stroke = next((e.stroke for e in sheet.diagram.edges if e.element == edge), "")
    source = sheet.items.get(known.ends[0])
    sheet.flows.append(_group(sheet, known, draw_edge(item, points, _line(sheet, known, stroke), source)))


def _line(sheet: _Sheet, item: Item, stroke: str) -> Line:
    marks = sheet.marks
    quiet = QUIET if item.kind in {"association", "dataAssociation"} else INK
    if item.id in marks.changes:
        look = look_of_change(marks.changes[item.id])
        is_new = marks.changes[item.id] == "added"
        return Line(stroke=look.stroke, width=2.8 if is_new else 2.0, dashes=look.dashes or ("" if is_new else "14 3"))
    if item.id in marks.states:
        look = look_of_state(marks.states[item.id])
        return Line(stroke=look.stroke, width=2.2, dashes=look.dashes)
    if item.id in marks.path or item.ends in set(zip(marks.path, marks.path[1:], strict=False)):
        return Line(stroke=PATH, width=3.0)
    return Line(stroke=colour(stroke, quiet))


def _names(sheet: _Sheet, leaves: Iterable[Shape], routes: dict[str, list[Point]]) -> None:
    for shape in leaves:
        item = sheet.items[shape.element]
        if item.activity is not None or item.kind == "textAnnotation" or not item.name:
            continue
        is_gateway = item.gateway is not None
        sheet.names.append(sheet.labels.at_shape(item.name, Box.of(shape.bounds), shape.label, is_gateway=is_gateway))
    own = {edge.element: edge.label for edge in sheet.diagram.edges}
    for edge, points in routes.items():
        known = sheet.items.get(edge)
        if known is None or not known.name:
            continue
        source = sheet.items.get(known.ends[0])
        is_branch = source is not None and source.gateway is not None
        sheet.names.append(sheet.labels.at_line(known.name, points, own.get(edge), is_branch=is_branch))


def _ghosts(sheet: _Sheet) -> None:
    """Draw what a change removed where it was, on the plane of the same element, pale and dashed."""
    before = sheet.marks.before
    gone = {e for e, change in sheet.marks.changes.items() if change == "removed" and e not in sheet.items}
    if before is None or not gone:
        return
    items = index(before)
    old = next((d for d in before.diagrams if d.element == sheet.diagram.element), before.diagrams[0] if before.diagrams else Diagram())
    look, shapes = look_of_change("removed"), {s.element: s for s in old.shapes}
    for edge in old.edges:
        item = items.get(edge.element)
        points = route(edge, item, items, shapes) if item else []
        is_stale = item is not None and _moved_apart(sheet, shapes, item.ends)
        if item is not None and edge.element in gone and len(points) > 1 and not is_stale:
            sheet.ghosts.add(edge.element)
            line = Line(stroke=look.stroke, width=1.5, dashes=look.dashes)
            sheet.flows.append(_group(sheet, item, draw_edge(item, points, line, items.get(item.ends[0])), is_ghost=True))
            sheet.boxes.extend(Box(x, y, x, y) for x, y in points)
    for shape in old.shapes:
        item = items.get(shape.element)
        if item is None or shape.element not in gone:
            continue
        pen = Pen(fill=look.fill, stroke=look.stroke, dashes=look.dashes)
        drawn = _drawn(item, shape, pen)
        sheet.ghosts.add(shape.element)
        sheet.flows.append(_group(sheet, item, drawn, is_ghost=True))
        box = Box.of(shape.bounds)
        sheet.boxes.append(box)
        minus = badges.sign_badge("change", look.sign, look.stroke)
        sheet.signs.extend(badge.at(point) for badge, point in badges.place([minus], box, sheet.labels.placed, form(item)))


def _moved_apart(sheet: _Sheet, before: dict[str, Shape], ends: tuple[str, str]) -> bool:
    """Whether a flow led between two elements that are still there, of which one moved: its old line would lead from nowhere to nowhere."""
    if not all(end in sheet.shapes and end in before for end in ends):
        return False
    return any(sheet.shapes[end].bounds != before[end].bounds for end in ends)


def _badges(sheet: _Sheet, shapes: Iterable[Shape]) -> None:
    for shape in shapes:
        wanted = _wanted(sheet, shape.element)
        if not wanted:
            continue
        box = Box.of(shape.bounds)
        others = [o for o in sheet.obstacles if o != box] + sheet.labels.placed
        for badge, point in badges.place(wanted, box, others, form(sheet.items.get(shape.element))):
            sheet.signs.append(badge.at(point))
            sheet.boxes.append(Box.around(*point, badge.width, badge.height))


def _flow_badges(sheet: _Sheet, routes: dict[str, list[Point]]) -> None:
    """Put numbers on the middle of flows, before the names, which make room for them."""
    for edge, points in routes.items():
        x, y = middle(points)
        for n, badge in enumerate(_wanted(sheet, edge, is_flow=True)):
            sheet.signs.append(badge.at((x + n * 20, y)))
            sheet.labels.placed.append(Box.around(x + n * 20, y, badge.width, badge.height))


def _wanted(sheet: _Sheet, element_id: str, *, is_flow: bool = False) -> list[badges.Badge]:
    marks, wanted = sheet.marks, []
    if element_id in marks.changes and not is_flow:
        look = look_of_change(marks.changes[element_id])
        wanted.append(badges.sign_badge("change", look.sign, look.stroke))
    if element_id in marks.states and not is_flow:
        look = look_of_state(marks.states[element_id])
        wanted.append(badges.sign_badge("state", look.sign, look.stroke))
    if marks.tokens.get(element_id):
        wanted.append(badges.token_badge(marks.tokens[element_id]))
    if element_id in marks.counts:
        wanted.append(badges.count_badge("count", marks.counts[element_id], QUIET if not marks.counts[element_id] else PATH))
    steps = sheet.words.steps(element_id)
    if steps and not is_flow:
        wanted.append(badges.count_badge("step", steps[0], PATH))
    return wanted

# SPDX-License-Identifier: Apache-2.0
"""BPMN DI: where the elements are drawn, their labels and their colours."""

from __future__ import annotations

import math
import re

from egov_flow.bpmn._source import Source, name_only
from egov_flow.bpmn.diagram import Bounds, Diagram, Edge, Shape
from egov_flow.bpmn.namespaces import BIOC, BPMNDI, COLOR, DC, DI
from egov_flow.bpmn.origin import Origin
from egov_flow.xml import Element

__all__ = ["diagrams"]

FILLS = (f"{{{COLOR}}}background-color", f"{{{BIOC}}}fill")
STROKES = (f"{{{COLOR}}}border-color", f"{{{BIOC}}}stroke")
NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
NAMED_SIDES = ("x", "y", "width", "height")


def diagrams(source: Source, definitions: Element) -> tuple[Diagram, ...]:
    """Read every BPMNDiagram of a file."""
    return tuple(_diagram(source, element) for element in definitions.iterchildren(f"{{{BPMNDI}}}BPMNDiagram"))


def _diagram(source: Source, element: Element) -> Diagram:
    plane = element.find(f"{{{BPMNDI}}}BPMNPlane")
    if plane is None:
        return Diagram(id=element.get("id", ""), origin=source.origin(element))
    shapes = (_shape(source, shape) for shape in plane.iterchildren(f"{{{BPMNDI}}}BPMNShape"))
    edges = (_edge(source, edge) for edge in plane.iterchildren(f"{{{BPMNDI}}}BPMNEdge"))
    return Diagram(
        id=element.get("id", ""),
        element=name_only(plane.get("bpmnElement")),
        shapes=tuple(shape for shape in shapes if shape is not None),
        edges=tuple(edges),
        origin=source.origin(element),
        plane=source.origin(plane),
    )


def _shape(source: Source, element: Element) -> Shape | None:
    bounds, bounds_origin = _bounds(source, element)
    if bounds is None:
        source.report("EF-B024", element, severity="warning", missing="dc:Bounds")
        return None
    label, label_origin = _label(source, element)
    return Shape(
        element=name_only(element.get("bpmnElement")),
        bounds=bounds,
        id=element.get("id", ""),
        label=label,
        is_expanded=_optional_flag(source, element, "isExpanded"),
        is_horizontal=_optional_flag(source, element, "isHorizontal"),
        is_marker_visible=source.flag(element, "isMarkerVisible", default=False),
        fill=_first(element, FILLS),
        stroke=_first(element, STROKES),
        origin=source.origin(element),
        bounds_origin=bounds_origin,
        label_origin=label_origin,
    )


def _edge(source: Source, element: Element) -> Edge:
    points = [(_point(source, point, ("x", "y")), source.origin(point)) for point in element.iterchildren(f"{{{DI}}}waypoint")]
    label, label_origin = _label(source, element)
    return Edge(
        element=name_only(element.get("bpmnElement")),
        waypoints=tuple((point[0], point[1]) for point, _ in points if point is not None),
        id=element.get("id", ""),
        label=label,
        stroke=_first(element, STROKES),
        origin=source.origin(element),
        waypoint_origins=tuple(origin for point, origin in points if point is not None),
        label_origin=label_origin,
    )


def _label(source: Source, element: Element) -> tuple[Bounds | None, Origin]:
    label = element.find(f"{{{BPMNDI}}}BPMNLabel")
    return (None, Origin()) if label is None else _bounds(source, label)


def _bounds(source: Source, element: Element) -> tuple[Bounds | None, Origin]:
    bounds = element.find(f"{{{DC}}}Bounds")
    sides = None if bounds is None else _point(source, bounds, NAMED_SIDES)
    if bounds is None or sides is None:
        return None, Origin()
    return Bounds(sides[0], sides[1], sides[2], sides[3]), source.origin(bounds)


def _point(source: Source, element: Element, names: tuple[str, ...]) -> list[float] | None:
    """Return the numbers of a point or rectangle; None with a finding if one is missing or no finite number."""
    numbers = []
    for name in names:
        text = element.get(name, "").strip()
        if not NUMBER.fullmatch(text) or not math.isfinite(float(text)):
            source.report("EF-B024", element, severity="warning", missing=name)
            return None
        numbers.append(float(text))
    return numbers


def _optional_flag(source: Source, element: Element, name: str) -> bool | None:
    return None if element.get(name) is None else source.flag(element, name, default=False)


def _first(element: Element, names: tuple[str, ...]) -> str:
    return next((value for value in map(element.get, names) if value), "")

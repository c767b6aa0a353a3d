# SPDX-License-Identifier: Apache-2.0
"""The drawing of a BPMN file: rectangles and lines, each with the element that it draws (BPMN 2.0.2 §12)."""

from __future__ import annotations

import attrs

from egov_flow.bpmn.origin import Origin

__all__ = ["Bounds", "Diagram", "Edge", "Shape"]


@attrs.frozen
class Bounds:
    """A rectangle of the diagram, in its units (pixels), y downwards."""

    x: float
    y: float
    width: float
    height: float


@attrs.frozen(kw_only=True)
class Shape:
    """A BPMNShape: the rectangle of an element; `label` is the bounds of its own label, if given."""

    element: str
    bounds: Bounds
    id: str = ""
    label: Bounds | None = None
    is_expanded: bool | None = None
    is_horizontal: bool | None = None
    is_marker_visible: bool = False
    fill: str = ""
    stroke: str = ""
    origin: Origin = Origin()
    bounds_origin: Origin = Origin()
    label_origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class Edge:
    """A BPMNEdge: the waypoints of a sequence flow, message flow or association."""

    element: str
    waypoints: tuple[tuple[float, float], ...]
    id: str = ""
    label: Bounds | None = None
    stroke: str = ""
    origin: Origin = Origin()
    waypoint_origins: tuple[Origin, ...] = ()
    label_origin: Origin = Origin()


@attrs.frozen(kw_only=True)
class Diagram:
    """One BPMNDiagram with its plane; `element` is the collaboration, process or collapsed sub-process it draws.

    `label_origin` of a shape or edge is that of the dc:Bounds in its label; a new shape or edge goes into the element at `plane`.
    """

    id: str = ""
    element: str = ""
    shapes: tuple[Shape, ...] = ()
    edges: tuple[Edge, ...] = ()
    origin: Origin = Origin()
    plane: Origin = Origin()

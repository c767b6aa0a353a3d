# SPDX-License-Identifier: Apache-2.0
"""The difference of two states of a drawing, written into the file: only the numbers that changed, and what is new or gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from egov_flow.bpmn import Bounds, Definitions, Diagram, Edge, Origin, Shape, Splice, insert_child, remove_element, set_attribute, tag

__all__ = ["drawing_splices"]


def drawing_splices(definitions: Definitions, old: Diagram, new: Diagram) -> Iterator[Splice]:
    """Yield the edits that make one diagram of a file into another; shapes and edges without an origin are new."""
    source = definitions.source
    kept_shapes = {s.element: s for s in new.shapes}
    kept_edges = {e.element: e for e in new.edges}
    for shape in old.shapes:
        if shape.element not in kept_shapes:
            yield remove_element(source, shape.origin)
        else:
            yield from _shape(source, shape, kept_shapes[shape.element])
    for edge in old.edges:
        if edge.element not in kept_edges:
            yield remove_element(source, edge.origin)
        else:
            yield from _edge(definitions, edge, kept_edges[edge.element])
    known = {s.element for s in old.shapes} | {e.element for e in old.edges}
    written = [_new_shape(definitions, s) for s in new.shapes if s.element not in known]
    written += [_new_edge(definitions, e) for e in new.edges if e.element not in known]
    if written:
        yield insert_child(source, old.plane, "\n".join(written))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _numbers(source: bytes, origin: Origin, old: Iterable[float], new: Iterable[float], names: Iterable[str]) -> Iterator[Splice]:
    for name, before, after in zip(names, old, new, strict=True):
        if before != after:
            yield set_attribute(source, origin, name, _number(after))


def _rectangle(source: bytes, origin: Origin, old: Bounds, new: Bounds) -> Iterator[Splice]:
    before, after = (old.x, old.y, old.width, old.height), (new.x, new.y, new.width, new.height)
    yield from _numbers(source, origin, before, after, ("x", "y", "width", "height"))


def _shape(source: bytes, old: Shape, new: Shape) -> Iterator[Splice]:
    yield from _rectangle(source, old.bounds_origin, old.bounds, new.bounds)
    if old.label is not None and new.label is not None:
        yield from _rectangle(source, old.label_origin, old.label, new.label)


def _edge(definitions: Definitions, old: Edge, new: Edge) -> Iterator[Splice]:
    source, origins = definitions.source, old.waypoint_origins
    if old.label is not None and new.label is not None:
        yield from _rectangle(source, old.label_origin, old.label, new.label)
    if len(old.waypoints) == len(new.waypoints):
        for origin, before, after in zip(origins, old.waypoints, new.waypoints, strict=True):
            yield from _numbers(source, origin, before, after, ("x", "y"))
        return
    line = source.rfind(b"\n", 0, origins[0].start) + 1
    indentation = source[line : origins[0].start]
    newline = b"\r\n" if b"\r\n" in source else b"\n"
    between = newline + indentation if not indentation.strip() else b""
    written = between.join(p.encode() for p in _waypoints(definitions, new))
    yield Splice(origins[0].start, origins[-1].end, written)


def _waypoints(definitions: Definitions, edge: Edge) -> list[str]:
    name = tag(definitions, "waypoint")
    return [f'<{name} x="{_number(x)}" y="{_number(y)}" />' for x, y in edge.waypoints]


def _new_shape(definitions: Definitions, shape: Shape) -> str:
    b, name = shape.bounds, tag(definitions, "BPMNShape")
    marker = ' isMarkerVisible="true"' if shape.is_marker_visible else ""
    bounds = (
        f'<{tag(definitions, "Bounds")} x="{_number(b.x)}" y="{_number(b.y)}" width="{_number(b.width)}" height="{_number(b.height)}" />'
    )
    return f"<{name} id={quoteattr(shape.id)} bpmnElement={quoteattr(shape.element)}{marker}>\n  {bounds}\n</{name}>"


def _new_edge(definitions: Definitions, edge: Edge) -> str:
    name = tag(definitions, "BPMNEdge")
    lines = "\n".join(f"  {point}" for point in _waypoints(definitions, edge))
    return f"<{name} id={quoteattr(edge.id)} bpmnElement={quoteattr(edge.element)}>\n{lines}\n</{name}>"

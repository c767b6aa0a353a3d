# SPDX-License-Identifier: Apache-2.0
"""A plain layout from left to right for a file that holds no diagram: layers by longest path, one row per branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from egov_flow.bpmn.model import Bounds, Content, Definitions, Diagram, Edge, FlowNode, SequenceFlow, Shape
from egov_flow.diagrams._svg import Point

__all__ = ["arrange"]

_GAP, _ROW, _PAD, _STRIP = 80.0, 44.0, 30.0, 30.0
_TASK, _EVENT, _GATEWAY = (100.0, 80.0), (36.0, 36.0), (50.0, 50.0)


@attrs.frozen
class _Block:
    """A content laid out with its left upper corner at (0, 0)."""

    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]
    width: float
    height: float


def arrange(definitions: Definitions) -> Diagram:
    """Return a diagram for a file without one: pools below each other, lanes, data and annotations left out."""
    shapes: list[Shape] = []
    edges: list[Edge] = []
    top = 0.0
    pools = {p.process: p.id for p in definitions.participants if p.process}
    for process in definitions.processes:
        block = _lay(process.content)
        pool = pools.get(process.id)
        left = _STRIP if pool else 0.0
        if pool:
            shapes.append(Shape(element=pool, bounds=Bounds(0, top, block.width + _STRIP, block.height)))
        shapes.extend(_moved(s, left, top) for s in block.shapes)
        edges.extend(_shifted(e, left, top) for e in block.edges)
        top += block.height + _PAD
    wide = max((s.bounds.x + s.bounds.width for s in shapes), default=600.0)
    for participant in definitions.participants:
        if definitions.process(participant.process) is None:
            shapes.append(Shape(element=participant.id, bounds=Bounds(0, top, wide, 60)))
            top += 60 + _PAD
    places = {s.element: s.bounds for s in shapes}
    edges.extend(
        Edge(element=m.id, waypoints=_straight(places[m.source], places[m.target]))
        for m in definitions.message_flows
        if m.source in places and m.target in places
    )
    return Diagram(id="automatic", shapes=tuple(shapes), edges=tuple(edges))


def _straight(start: Bounds, end: Bounds) -> tuple[Point, ...]:
    x = start.x + start.width / 2 if start.width <= end.width else end.x + end.width / 2
    if start.y < end.y:
        return (x, start.y + start.height), (x, end.y)
    return (x, start.y), (x, end.y + end.height)


def _moved(shape: Shape, x: float, y: float) -> Shape:
    b = shape.bounds
    return attrs.evolve(shape, bounds=Bounds(b.x + x, b.y + y, b.width, b.height))


def _shifted(edge: Edge, x: float, y: float) -> Edge:
    return attrs.evolve(edge, waypoints=tuple((px + x, py + y) for px, py in edge.waypoints))


def _lay(content: Content) -> _Block:
    inner = {n.id: _lay(n.content) for n in content.nodes if n.content is not None}
    hosts = {n.id: n.event.attached_to for n in content.nodes if n.event and n.event.attached_to}
    nodes = {n.id: n for n in content.nodes if n.id not in hosts}
    flows = [f for f in content.flows if hosts.get(f.source, f.source) in nodes and f.target in nodes]
    links = [(hosts.get(f.source, f.source), f.target) for f in flows]
    layer = _layers(list(nodes), links)
    row = _rows(list(nodes), links, layer)
    sizes = {i: _size(n, inner.get(i)) for i, n in nodes.items()}
    places, ends = _places(layer, row, sizes)
    shapes: list[Shape] = []
    edges: list[Edge] = []
    for node, place in places.items():
        shapes.append(Shape(element=node, bounds=place, is_expanded=True if node in inner else None))
        if node in inner:
            shapes.extend(_moved(s, place.x, place.y) for s in inner[node].shapes)
            edges.extend(_shifted(e, place.x, place.y) for e in inner[node].edges)
    shapes.extend(_attached(hosts, places))
    everything = {s.element: s.bounds for s in shapes}
    floor = max((b.y + b.height for b in places.values()), default=0.0)
    edges.extend(Edge(element=f.id, waypoints=_way(f, everything, ends.get(f.source), floor + 20 + n % 5 * 6)) for n, f in enumerate(flows))
    right = max((b.x + b.width for b in places.values()), default=120.0) + _PAD
    low = max((y for e in edges for _, y in e.waypoints), default=0.0)
    return _Block(tuple(shapes), tuple(edges), right, max(low, floor + (18 if hosts else 0)) + _PAD)


def _size(node: FlowNode, inner: _Block | None) -> tuple[float, float]:
    if inner is not None:
        return max(inner.width, 120.0), max(inner.height, 80.0)
    if node.event is not None:
        return _EVENT
    return _GATEWAY if node.gateway is not None else _TASK


def _layers(nodes: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return how far from the start each node stands, flows that run back left out (found by depth-first search without recursion)."""
    after: dict[str, list[str]] = {n: [] for n in nodes}
    for source, target in links:
        after[source].append(target)
    entered: set[str] = set()
    order: list[str] = []
    forward: list[tuple[str, str]] = []
    has_incoming = {t for _, t in links}
    for start in sorted(after, key=lambda n: n in has_incoming):
        stack = [] if start in entered else [(start, iter(after[start]))]
        entered.add(start)
        open_now = {start}
        while stack:
            node, rest = stack[-1]
            target = next(rest, "")
            if not target:
                order.append(node)
                open_now.discard(node)
                stack.pop()
                continue
            if target not in open_now:
                forward.append((node, target))
            if target not in entered:
                entered.add(target)
                open_now.add(target)
                stack.append((target, iter(after[target])))
    layer = dict.fromkeys(after, 0)
    targets: dict[str, list[str]] = {n: [] for n in after}
    for source, target in forward:
        targets[source].append(target)
    for node in reversed(order):
        for target in targets[node]:
            layer[target] = max(layer[target], layer[node] + 1)
    return layer


def _rows(nodes: list[str], links: list[tuple[str, str]], layer: Mapping[str, int]) -> dict[str, int]:
    """Return a row for each node: that of the node before it where it is free there and nothing stands between, else the next free one."""
    row: dict[str, int] = {}
    taken: set[tuple[int, int]] = set()
    for node in sorted(nodes, key=lambda n: (layer[n], nodes.index(n))):
        before = [s for s, t in links if t == node and s in row and layer[s] < layer[node]]
        wanted = min((row[s] for s in before), default=0)
        while any((between, wanted) in taken for between in _span(before, row, layer, node, wanted)):
            wanted += 1
        row[node] = wanted
        taken.update((between, wanted) for between in _span(before, row, layer, node, wanted))
    return row


def _span(before: list[str], row: Mapping[str, int], layer: Mapping[str, int], node: str, wanted: int) -> range:
    first = min((layer[s] for s in before), default=layer[node] - 1)
    last = max((layer[s] for s in before if row[s] == wanted), default=first)
    return range(max(first, last) + 1, layer[node] + 1) if before else range(layer[node], layer[node] + 1)


def _places(
    layer: Mapping[str, int], row: Mapping[str, int], sizes: Mapping[str, tuple[float, float]]
) -> tuple[dict[str, Bounds], dict[str, float]]:
    """Return where each node stands and where its column ends."""
    columns = {n: max((sizes[i][0] for i in layer if layer[i] == n), default=0.0) for n in range(max(layer.values(), default=-1) + 1)}
    rows = {n: max((sizes[i][1] for i in row if row[i] == n), default=0.0) for n in range(max(row.values(), default=-1) + 1)}
    left, top = [_PAD], [_PAD]
    for n in range(len(columns)):
        left.append(left[-1] + columns[n] + _GAP)
    for n in range(len(rows)):
        top.append(top[-1] + rows[n] + _ROW)
    places = {
        i: Bounds(left[layer[i]] + (columns[layer[i]] - w) / 2, top[row[i]] + (rows[row[i]] - h) / 2, w, h) for i, (w, h) in sizes.items()
    }
    return places, {i: left[n] + columns[n] for i, n in layer.items()}


def _attached(hosts: Mapping[str, str], places: Mapping[str, Bounds]) -> Iterable[Shape]:
    seen: dict[str, int] = {}
    for event, host in hosts.items():
        if host not in places:
            continue
        place, number = places[host], seen.get(host, 0)
        seen[host] = number + 1
        yield Shape(element=event, bounds=Bounds(place.x + place.width - 36 - 40 * number, place.y + place.height - 18, *_EVENT))


def _way(flow: SequenceFlow, places: Mapping[str, Bounds], column: float | None, deep: float) -> tuple[Point, ...]:
    """Return the waypoints of a flow; `column` is the right side of its source's column, None for a boundary event; `deep` is below all."""
    source, target = places[flow.source], places[flow.target]
    start, end = (source.x + source.width, source.y + source.height / 2), (target.x, target.y + target.height / 2)
    foot = (source.x + source.width / 2, source.y + source.height)
    if column is None:
        turn = foot[1] + 10 if target.x > foot[0] else deep
        return foot, (foot[0], turn), (target.x - 20, turn), (target.x - 20, end[1]), end
    if target.x <= start[0]:
        below = (target.x + target.width / 2, target.y + target.height)
        return foot, (foot[0], deep), (below[0], deep), below
    if start[1] == end[1]:
        return start, end
    turn = column + 22 if end[1] > start[1] else end[0] - 22
    return start, (turn, start[1]), (turn, end[1]), end

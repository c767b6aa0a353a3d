# SPDX-License-Identifier: Apache-2.0
"""Textbook models as files: the lines of a corner case, and besides them pools, lanes, message flows and notes, laid out as one collaboration.

`pool Customer` is a pool without process, `lane Clerk : a b` a lane of the process with these elements, `a ~> b` a message flow, `note a : words` a text
annotation, `resource R` somebody who may do work, `style signavio` the hand of a modeler. What is called `check_the_order` is named "Check the order".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
from lxml import etree
from tests.corners.drawing import bpmn
from tests.textbook.styles import CAMUNDA, SIGNAVIO, STYLES

from egov_flow.bpmn import BPMN, BPMNDI, DC, DI, XSI

POOL = re.compile(r"pool (\w+)")
LANE = re.compile(r"lane (\w+) : ([\w ]+)")
MESSAGE = re.compile(r"(\w+) ~> (\w+)")
RESOURCE = re.compile(r"resource (\w+)")
STYLE = re.compile(r"style (\w+)")
NOTE = re.compile(r"note (\w+) : (.+)")
BAND, GAP, LABEL, TALL, WIDE = 120, 40, 30, 80, 500
NAMED = ("participant", "lane", "process", "subProcess", "transaction", "adHocSubProcess", "callActivity", "messageFlow")


@attrs.define
class Box:
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, other: Box) -> bool:
        """Return whether another rectangle lies inside."""
        return (
            self.x <= other.x and other.x + other.width <= self.x + self.width and self.y <= other.y <= self.y + self.height - other.height
        )


@attrs.define
class Drawing:
    """A collaboration that is being drawn."""

    root: etree._Element
    boxes: dict[str, Box] = attrs.field(factory=dict)
    expanded: set[str] = attrs.field(factory=set)


def textbook(name: str, text: str) -> str:
    """Return a model as a BPMN file with its drawing."""
    extra = [
        line.strip() for line in text.splitlines() if any(p.fullmatch(line.strip()) for p in (POOL, LANE, MESSAGE, NOTE, RESOURCE, STYLE))
    ]
    body = "\n".join(line for line in text.splitlines() if line.strip() not in extra)
    drawing = Drawing(etree.fromstring(bpmn(body).encode(), etree.XMLParser(remove_blank_text=True)))
    drawing.root.set("id", name)
    for condition in drawing.root.iter(f"{{{BPMN}}}conditionExpression"):
        condition.set(f"{{{XSI}}}type", "tFormalExpression")
    _collaborate(drawing, extra)
    _name(drawing.root)
    for (style,) in _found(extra, STYLE):
        STYLES[style](drawing.root)
    etree.indent(drawing.root)
    etree.cleanup_namespaces(drawing.root, top_nsmap={"camunda": CAMUNDA, "signavio": SIGNAVIO}, keep_ns_prefixes=["bpmndi", "dc", "di"])
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(drawing.root, encoding="unicode") + "\n"


def _name(root: etree._Element) -> None:
    for element in root.iter(f"{{{BPMN}}}*"):
        named = element.get("name")
        if (
            etree.QName(element).localname != "dataObject"
            and named
            and (named == element.get("id") or etree.QName(element).localname in NAMED)
        ):
            element.set("name", named.replace("_", " ").capitalize())


def _title(root: etree._Element, process: etree._Element) -> str:
    """Return what the pool of a process is called: the main one is called as the model is."""
    return str(root.get("id") if process.get("id") == "P" else process.get("id"))


def _sub(parent: etree._Element, tag: str, namespace: str = BPMN, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{namespace}}}{tag}", attributes)


def _found(extra: list[str], pattern: re.Pattern[str]) -> list[tuple[str, ...]]:
    return [match.groups() for line in extra if (match := pattern.fullmatch(line))]


def _collaborate(drawing: Drawing, extra: list[str]) -> None:
    """Put the processes into pools, one below the other, and draw everything on one plane."""
    root, tag = drawing.root, f"{{{BPMN}}}process"
    diagrams = {p.get("bpmnElement"): p for p in root.iter(f"{{{BPMNDI}}}BPMNPlane")}
    collaboration = etree.Element(f"{{{BPMN}}}collaboration", {"id": "Collaboration"})
    y = 0.0
    for (pool,) in _found(extra, POOL):
        _sub(collaboration, "participant", id=pool, name=pool)
        drawing.boxes[pool] = Box(0, y, 600, BAND / 2)
        y += BAND / 2 + GAP
    for process in root.iter(tag):
        pool = f"Pool_{process.get('id')}"
        _sub(collaboration, "participant", id=pool, name=_title(root, process), processRef=process.get("id", ""))
        y = _placed(drawing, process, diagrams[process.get("id")], y, _found(extra, LANE)) + GAP
    pools = {participant.get("id", "") for participant in collaboration}
    widest = max(drawing.boxes[pool].width for pool in pools)
    for band in (*pools, *(lane for lane, _ in _found(extra, LANE))):
        drawing.boxes[band].width = widest - drawing.boxes[band].x
    for source, target in _found(extra, MESSAGE):
        _sub(collaboration, "messageFlow", id=f"{source}_to_{target}", name="", sourceRef=source, targetRef=target)
    first = next(root.iter(tag))
    root.insert(root.index(first), collaboration)
    for (resource,) in _found(extra, RESOURCE):
        root.insert(0, etree.Element(f"{{{BPMN}}}resource", {"id": resource, "name": resource}))
    for note, words in _found(extra, NOTE):
        _noted(drawing, note, words)
    for diagram in list(root.iter(f"{{{BPMNDI}}}BPMNDiagram")):
        root.remove(diagram)
    plane = _sub(_sub(root, "BPMNDiagram", BPMNDI, id="Diagram"), "BPMNPlane", BPMNDI, id="Plane", bpmnElement="Collaboration")
    _draw(drawing, plane)


def _placed(drawing: Drawing, process: etree._Element, plane: etree._Element, y: float, lanes: list[tuple[str, ...]]) -> float:
    """Place a process into its pool from `y` on, each lane a band; return where the pool ends."""
    boxes = {shape.get("bpmnElement", ""): _bounds(shape) for shape in plane.iter(f"{{{BPMNDI}}}BPMNShape")}
    drawing.expanded |= {s.get("bpmnElement", "") for s in plane.iter(f"{{{BPMNDI}}}BPMNShape") if s.get("isExpanded")}
    top = {e.get("id", "") for e in process if e.get("id") in boxes}
    loose = {i for i in top if not any(o != i and o in top and boxes[o].holds(boxes[i]) for o in top)}
    own = [(lane, [n for n in nodes.split() if n in top]) for lane, nodes in lanes]
    own = [(lane, nodes) for lane, nodes in own if nodes]
    hosts = {e.get("id", ""): e.get("attachedToRef", "") for e in process if e.get("attachedToRef")}
    width = max(b.x + b.width for b in boxes.values()) + GAP + 2 * LABEL
    start = y
    if own:
        lane_set = etree.Element(f"{{{BPMN}}}laneSet", {"id": f"Lanes_{process.get('id')}"})
        process.insert(0, lane_set)
    for lane, nodes in own or [("", sorted(loose))]:
        height = _band(drawing, boxes, [n for n in nodes if n not in hosts], hosts, y)
        if lane:
            held = _sub(lane_set, "lane", id=lane, name=lane)
            for node in [*nodes, *(b for b, h in hosts.items() if h in nodes and b not in nodes)]:
                _sub(held, "flowNodeRef").text = node
            drawing.boxes[lane] = Box(LABEL, y, width - LABEL, height)
        y += height
    drawing.boxes[f"Pool_{process.get('id')}"] = Box(0, start, width, y - start)
    return y


def _band(drawing: Drawing, boxes: dict[str, Box], nodes: list[str], hosts: dict[str, str], y: float) -> float:
    """Stack the elements of a band column by column, each with what lies inside or on its border; return how tall the band is."""
    filled: dict[float, float] = {}
    for node in sorted(nodes, key=lambda n: (boxes[n].x, boxes[n].y)):
        box = boxes[node]
        row = filled.get(box.x, y + GAP)
        moved = row + max(0, (TALL - box.height) / 2)
        filled[box.x] = row + max(box.height, TALL) + GAP
        with_it = [i for i, b in boxes.items() if i == node or hosts.get(i) == node or (box.holds(b) and i not in hosts)]
        with_it += [i for i, b in boxes.items() if i not in with_it and box.holds(b)]
        for inner in with_it:
            drawing.boxes[inner] = Box(boxes[inner].x + 2 * LABEL, boxes[inner].y + moved - box.y, boxes[inner].width, boxes[inner].height)
    return max(filled.values(), default=y + BAND) - y


def _bounds(shape: etree._Element) -> Box:
    bounds = shape.find(f"{{{DC}}}Bounds")
    assert bounds is not None
    return Box(*(float(bounds.get(key, "0")) for key in ("x", "y", "width", "height")))


def _noted(drawing: Drawing, node: str, words: str) -> None:
    element = next(e for e in drawing.root.iter() if e.get("id") == node)
    holder = element.getparent()
    assert holder is not None
    _sub(_sub(holder, "textAnnotation", id=f"Note_{node}"), "text").text = words
    _sub(holder, "association", id=f"Of_{node}", sourceRef=node, targetRef=f"Note_{node}")
    box = drawing.boxes[node]
    drawing.boxes[f"Note_{node}"] = Box(box.x, box.y - 34, 100, 30)


def _draw(drawing: Drawing, plane: etree._Element) -> None:
    for element, box in sorted(drawing.boxes.items(), key=lambda item: -item[1].width * item[1].height):
        is_band = element.startswith("Pool_") or drawing.root.find(f".//{{{BPMN}}}lane[@id='{element}']") is not None
        is_band = is_band or drawing.root.find(f".//{{{BPMN}}}participant[@id='{element}']") is not None
        more = {"isHorizontal": "true"} if is_band else {"isExpanded": "true"} if element in drawing.expanded else {}
        shape = _sub(plane, "BPMNShape", BPMNDI, id=f"{element}_shape", bpmnElement=element, **more)
        _sub(shape, "Bounds", DC, **{key: f"{getattr(box, key):g}" for key in ("x", "y", "width", "height")})
    borders = {event.get("id") for event in drawing.root.iter(f"{{{BPMN}}}boundaryEvent")}
    for tag in ("sequenceFlow", "association", "messageFlow"):
        for flow in drawing.root.iter(f"{{{BPMN}}}{tag}"):
            edge = _sub(plane, "BPMNEdge", BPMNDI, id=f"{flow.get('id')}_edge", bpmnElement=flow.get("id", ""))
            source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
            for x, y in _way(tag, drawing.boxes[source], drawing.boxes[target], is_border=source in borders):
                _sub(edge, "waypoint", DI, x=f"{x:g}", y=f"{y:g}")


def _way(tag: str, a: Box, b: Box, *, is_border: bool) -> Iterator[tuple[float, float]]:
    if tag == "messageFlow":
        down = a.y < b.y
        start, end = (a.x + a.width / 2, a.y + a.height if down else a.y), (b.x + b.width / 2, b.y if down else b.y + b.height)
        if a.width > WIDE:
            start = (end[0], start[1])
        elif b.width > WIDE:
            end = (start[0], end[1])
        turn = end[1] - GAP / 2 if down else end[1] + GAP / 2
        yield from (start, end) if start[0] == end[0] else (start, (start[0], turn), (end[0], turn), end)
        return
    if tag == "association":
        x, y = a.x + a.width / 2, a.y + a.height / 2
        yield x, y
        yield min(max(x, b.x), b.x + b.width), min(max(y, b.y), b.y + b.height)
        return
    start, end = (a.x + a.width, a.y + a.height / 2), (b.x, b.y + b.height / 2)
    if b.x < a.x + a.width:  # back: below both
        low = max(a.y + a.height, b.y + b.height) + GAP / 2
        yield from (
            (a.x + a.width / 2, a.y + a.height),
            (a.x + a.width / 2, low),
            (b.x + b.width / 2, low),
            (b.x + b.width / 2, b.y + b.height),
        )
        return
    if is_border:
        low = a.y + a.height + 14
        start = (a.x + a.width / 2, a.y + a.height)
        yield from (start, (start[0], low), (end[0] - 16, low), (end[0] - 16, end[1]), end)
        return
    middle = end[0] - GAP / 2
    yield from (start, (middle, start[1]), (middle, end[1]), end)

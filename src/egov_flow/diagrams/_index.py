# SPDX-License-Identifier: Apache-2.0
"""What a diagram may draw, by id: each element with its kind and the name to write."""

from __future__ import annotations

import re

import attrs

from egov_flow.bpmn.model import Activity, Collaboration, Content, Definitions, Event, FlowNode, Gateway, Lane, Shape

__all__ = ["Item", "drawn", "form", "index", "words"]

_NEVER_DRAWN = ("dataObject", "property")  # only their references have a shape


@attrs.frozen(kw_only=True)
class Item:
    """One element; `node` is set for flow nodes, `ends` for what connects, `has_condition` for conditional sequence flows."""

    id: str
    kind: str
    name: str = ""
    node: FlowNode | None = None
    ends: tuple[str, str] = ("", "")
    has_condition: bool = False
    direction: str = ""
    is_collection: bool = False
    is_black_box: bool = False
    is_attached: bool = False

    def is_expanded(self, shape: Shape) -> bool:
        """Return whether its shape shows what it holds: a sub-process unless it says no, a call activity only if it says so."""
        has_content = self.node is not None and self.node.content is not None
        return shape.is_expanded is not False if has_content else self.kind == "callActivity" and shape.is_expanded is True

    @property
    def activity(self) -> Activity | None:
        """The activity part, if it is one."""
        return self.node.activity if self.node else None

    @property
    def event(self) -> Event | None:
        """The event part, if it is one."""
        return self.node.event if self.node else None

    @property
    def gateway(self) -> Gateway | None:
        """The gateway part, if it is one."""
        return self.node.gateway if self.node else None


def index(definitions: Definitions) -> dict[str, Item]:
    """Return every element that may have a shape or an edge, by id, in the order of the file."""
    items: dict[str, Item] = {}
    for participant in definitions.participants:
        black = definitions.process(participant.process) is None
        items[participant.id] = Item(id=participant.id, kind="participant", name=participant.name, is_black_box=black)
    for flow in definitions.message_flows:
        items[flow.id] = Item(id=flow.id, kind="messageFlow", name=flow.name, ends=(flow.source, flow.target))
    for collaboration in definitions.collaborations:
        _add_artifacts(items, collaboration)
    for _, content in definitions.contents():
        _add_content(items, content)
    for root in definitions.roots:
        items.setdefault(root.id, Item(id=root.id, kind=root.kind, name=root.name))
    return items


def _add_content(items: dict[str, Item], content: Content) -> None:
    for lane in content.lanes:
        _add_lane(items, lane)
    for node in content.nodes:
        attached = node.event is not None and bool(node.event.attached_to)
        items[node.id] = Item(id=node.id, kind=node.kind, name=node.name, node=node, is_attached=attached)
    for flow in content.flows:
        items[flow.id] = Item(
            id=flow.id, kind="sequenceFlow", name=flow.name, ends=(flow.source, flow.target), has_condition=flow.condition is not None
        )
    objects = {d.id: d for d in content.data}
    for data in content.data:
        meant = objects.get(data.reference, data)
        items[data.id] = Item(id=data.id, kind=data.kind, name=data.name or meant.name, is_collection=meant.is_collection)
    _add_artifacts(items, content)


def _add_artifacts(items: dict[str, Item], holder: Content | Collaboration) -> None:
    for annotation in holder.annotations:
        items[annotation.id] = Item(id=annotation.id, kind="textAnnotation", name=annotation.text)
    for line in holder.associations:
        items[line.id] = Item(id=line.id, kind="association", ends=(line.source, line.target), direction=line.direction)
    for group in holder.groups:
        items[group.id] = Item(id=group.id, kind="group", name=group.name)


def _add_lane(items: dict[str, Item], lane: Lane) -> None:
    items[lane.id] = Item(id=lane.id, kind="lane", name=lane.name)
    for inner in lane.lanes:
        _add_lane(items, inner)


def drawn(definitions: Definitions) -> list[Item]:
    """Return what a complete diagram draws: all but root elements, data objects and properties."""
    roots = {root.id for root in definitions.roots}
    return [item for item in index(definitions).values() if item.id not in roots and item.kind not in _NEVER_DRAWN]


def form(item: Item | None) -> str:
    """Return the outline of an element's shape: `circle`, `diamond` or `rectangle`."""
    if item is not None and item.event is not None:
        return "circle"
    return "diamond" if item is not None and item.gateway is not None else "rectangle"


def words(kind: str) -> str:
    """Return a kind as words: `userTask` is `user task`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()

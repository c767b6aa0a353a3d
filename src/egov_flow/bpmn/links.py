# SPDX-License-Identifier: Apache-2.0
"""Link events: which throws lead to which catch (BPMN 2.0.2 §10.5.5)."""

from __future__ import annotations

from egov_flow.bpmn.model import Content, EventDefinition, FlowNode

__all__ = ["link_ways"]


def link_ways(content: Content) -> dict[str, list[str]]:
    """Return, for each link event of a process or sub-process that throws, those that catch: of its name, or each named by the other."""
    caught = _links(content, "intermediateCatchEvent")
    return {node.id: [other.id for other, end in caught if _is_pair(link, end)] for node, link in _links(content, "intermediateThrowEvent")}


def _links(content: Content, kind: str) -> list[tuple[FlowNode, EventDefinition]]:
    return [(node, d) for node in content.nodes if node.kind == kind and node.event for d in node.event.definitions if d.kind == "link"]


def _is_pair(thrown: EventDefinition, caught: EventDefinition) -> bool:
    is_named = bool(thrown.name) and thrown.name == caught.name
    return is_named or (caught.id in thrown.partners and thrown.id in caught.partners)

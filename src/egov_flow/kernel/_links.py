# SPDX-License-Identifier: Apache-2.0
"""Links of procedure.yaml that fill no slot of the element they name: they would be passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import Content, FlowNode
from egov_flow.errors import Finding
from egov_flow.kernel._parts import effective
from egov_flow.kernel.slots import Source, is_job
from egov_flow.procedure import Link, Procedure

__all__ = ["misplaced"]


def misplaced(source: Source, contents: list[Content], procedure: Procedure) -> Iterator[Finding]:
    """Yield a finding for every link that says something that its element cannot take."""
    nodes = {n.id: effective(procedure, n) for content in contents for n in content.nodes}
    flows = {f.id for content in contents for f in content.flows}
    everywhere = {n.id for n in procedure.model.nodes()} | {f.id for f in procedure.model.flows()}
    for link in source.links.values():
        node = nodes.get(link.element)
        if node is None and link.element not in flows:
            if link.element not in everywhere and _says(link):
                yield Finding.of("EF-K066", link.place, element=link.element, link=link.element)
            continue
        for word in _says(link):
            if not _fits(word, node):
                yield Finding.of("EF-K067", link.place, element=link.element, link=link.element, word=word)
            elif word == "message" and node is not None and _nameless(node) > 1:
                yield Finding.of("EF-K097", link.place, element=link.element, message=link.message)


def _says(link: Link) -> list[str]:
    return [word for word in ("condition", "handler", "expires", "message") if getattr(link, word)]


def _nameless(node: FlowNode) -> int:
    """Return how many message definitions of an event a link would name."""
    return sum(1 for d in node.event.definitions if d.kind == "message" and not d.name) if node.event is not None else 0


def _fits(word: str, node: FlowNode | None) -> bool:
    """Return whether an element (None: a sequence flow) takes what a link says."""
    if node is None:
        return word == "condition"
    definitions = {d.kind for d in node.event.definitions} if node.event else set()
    if word == "expires":
        return "timer" in definitions
    if word == "message":
        return "message" in definitions or node.kind in ("receiveTask", "sendTask")
    return word == "handler" and is_job(node)

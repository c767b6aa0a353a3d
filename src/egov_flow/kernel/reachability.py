# SPDX-License-Identifier: Apache-2.0
"""Which nodes lead to an inclusive join, as bit masks computed once (BPMN 2.0.2 §13.4.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from egov_flow.kernel.program import NONE, Flow, Node

__all__ = ["upstream"]


def upstream(nodes: Sequence[Node], flows: Sequence[Flow], join: Node) -> dict[int, int]:
    """Return, for each incoming flow of a join, the bits of the nodes from which it can be reached without passing the join.

    A boundary event is reached from its activity, and a link event that catches from those that throw.
    """
    throws: dict[int, list[int]] = {}
    for node in nodes:
        if node.link != NONE:
            throws.setdefault(node.link, []).append(node.index)
    return {flow: _mask(nodes, flows, join, flows[flow].source, throws) for flow in join.incoming}


def _mask(nodes: Sequence[Node], flows: Sequence[Flow], join: Node, start: int, throws: Mapping[int, list[int]]) -> int:
    mask, todo = 0, [start]
    while todo:
        node = nodes[todo.pop()]
        if node.index == join.index or mask & node.bit:
            continue
        mask |= node.bit
        todo.extend(flows[f].source for f in node.incoming)
        todo.extend(throws.get(node.index, ()))
        if node.host != NONE:
            todo.append(node.host)
    return mask

# SPDX-License-Identifier: Apache-2.0
"""What the drawing alone says about how to explore it: loops without a stop, and events that may happen again and again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from egov_flow.kernel import Node, Program

INSTANT = frozenset({"abstract", "block", "exclusive", "inclusive", "parallel", "pass", "script", "terminate", "throw"})
"""Actions at which a token need not rest (a sub-process may have nothing to rest at)."""


def has_instant_loop(program: Program) -> bool:
    """Return whether tokens can go round without ever resting: then one step may have no end, and is explored element by element."""
    instant = {node.index for node in program.nodes if node.action in INSTANT}
    following = {index: [n for n in targets(program, program.nodes[index]) if n in instant] for index in instant}
    waiting = dict.fromkeys(instant, 0)
    for nexts in following.values():
        for index in nexts:
            waiting[index] += 1
    free = [index for index, count in waiting.items() if not count]
    while free:
        for index in following.pop(free.pop()):
            waiting[index] -= 1
            if not waiting[index]:
                free.append(index)
    return bool(following)


def targets(program: Program, node: Node) -> Iterable[int]:
    """Return the nodes that a token can go to from a node."""
    return (program.flows[flow].target for flow in node.outgoing)


def repeating(program: Program) -> tuple[Node, ...]:
    """Return the boundary events that may happen any number of times while their activity runs: non-interrupting messages and timer cycles."""
    return tuple(node for node in program.nodes if node.host >= 0 and not node.is_interrupting and _may_repeat(node))


def _may_repeat(node: Node) -> bool:
    trigger = node.trigger
    return trigger is not None and (trigger.kind == "message" or (trigger.time is not None and trigger.time.kind == "cycle"))


def behind(program: Program, starts: Iterable[int]) -> frozenset[int]:
    """Return the nodes that tokens can come to from some nodes, over flows and boundary events of the same block."""
    found: set[int] = set()
    todo = list(starts)
    while todo:
        index = todo.pop()
        if index not in found:
            found.add(index)
            todo.extend((*targets(program, program.nodes[index]), *program.nodes[index].boundary))
    return frozenset(found)


def side_path(program: Program, boundary: Node) -> frozenset[int] | None:
    """Return the nodes of a boundary event's own path, if that path lives its own life; None if it meets others.

    On its own path nothing waits for tokens from elsewhere, nothing else comes there, and nothing ends the scope. Tokens on it then neither help nor hinder
    the rest of the case, nor each other: what is true of one is true of any number of them.
    """
    own = behind(program, [boundary.index])
    block = program.blocks[boundary.block]
    others = [index for index in (*block.starts, *block.entries.values()) if index != boundary.index]
    reached = _behind_without(program, others, boundary.index)
    joins = any(_waits(program.nodes[index]) for index in own)
    return None if joins or own & reached else own


def _waits(node: Node) -> bool:
    return node.action == "terminate" or (node.action in ("parallel", "inclusive") and len(node.incoming) > 1)


def _behind_without(program: Program, starts: Iterable[int], left_out: int) -> frozenset[int]:
    found: set[int] = set()
    todo = list(starts)
    while todo:
        index = todo.pop()
        if index not in found and index != left_out:
            found.add(index)
            todo.extend((*targets(program, program.nodes[index]), *program.nodes[index].boundary))
    return frozenset(found)


def side_paths(program: Program) -> tuple[Mapping[int, frozenset[int]], tuple[Node, ...]]:
    """Return the own paths of repeating boundary events, and those events whose path meets others."""
    paths = {node.index: side_path(program, node) for node in repeating(program)}
    isolated = {index: path for index, path in paths.items() if path is not None}
    return isolated, tuple(program.nodes[index] for index, path in paths.items() if path is None)

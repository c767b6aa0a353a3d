# SPDX-License-Identifier: Apache-2.0
"""Gateways: who waits at a join, and when it lets tokens through (BPMN 2.0.2 §13.4)."""

from __future__ import annotations

from egov_flow.kernel.program import Node
from egov_flow.kernel.run import Run
from egov_flow.kernel.state import WAIT, Token
from egov_flow.kernel.waiting import arm, plan

__all__ = ["arrives", "perform_event_gateway", "ready_inclusive"]


def perform_event_gateway(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Wait at an event-based gateway for the first of its events (§13.4.4)."""
    targets = [run.program.nodes[run.program.flows[f].target] for f in node.outgoing]
    waits = [wait for target in targets for wait in plan(run, scope, target)]
    token_id = token.id if token else run.new_id()
    run.rest(scope, Token(token_id, node.index, WAIT, 0, arm(run, waits, token_id)))


def arrives(run: Run, scope: int, node: Node, flow: int) -> bool:
    """Let a token arrive at a join; return whether it is to be performed now.

    A parallel join waits for one token on every incoming flow (§13.4.1); what is over stays. An inclusive join decides when nothing else moves.
    """
    joins = run.own(scope).joins
    counts = joins.setdefault(node.index, {})
    counts[flow] = counts.get(flow, 0) + 1
    if node.action == "inclusive":
        run.inclusive[scope, node.index] = None
        return False
    if node.takes > 1:
        return _begins(run, scope, node)
    if len(counts) < len(node.incoming):
        return False
    _consume(run, scope, node)
    return True


def _begins(run: Run, scope: int, node: Node) -> bool:
    """Let an activity begin when as many tokens have come as its startQuantity says, over whatever flows (§10.3.2, §13.3.2)."""
    counts = run.own(scope).joins[node.index]
    if sum(counts.values()) < node.takes:
        return False
    left = node.takes
    for flow in tuple(counts):
        taken = min(left, counts[flow])
        left -= taken
        counts[flow] -= taken
        if not counts[flow]:
            del counts[flow]
    if not counts:
        del run.own(scope).joins[node.index]
    return True


def _consume(run: Run, scope: int, node: Node) -> None:
    """Take one token from every incoming flow that holds some."""
    joins = run.own(scope).joins
    left = {flow: count - 1 for flow, count in joins[node.index].items() if count > 1}
    if left:
        joins[node.index] = left
    else:
        del joins[node.index]
    run.touched[scope] = None


def ready_inclusive(run: Run) -> tuple[int, Node] | None:
    """Return the first inclusive join that can fire, its tokens consumed; None if none can. Asked only when no token is under way."""
    for scope, index in run.inclusive:
        node = run.program.nodes[index]
        if not _is_blocked(run, scope, node):
            _consume(run, scope, node)
            if index not in run.scopes[scope].joins:
                del run.inclusive[scope, index]
            return scope, node
    return None


def _is_blocked(run: Run, scope: int, node: Node) -> bool:
    """Return whether a token may still come (§13.4.3).

    It may, if a token elsewhere has a path to an empty incoming flow that avoids the gateway, and no such path to a flow that holds a token.
    """
    found = run.scopes[scope]
    counts = found.joins[node.index]
    red = green = 0
    for flow in node.incoming:
        if flow in counts:
            green |= node.reach[flow]
        else:
            red |= node.reach[flow]
    red &= ~green
    if not red:
        return False
    nodes = run.program.nodes
    return any(nodes[t.node].bit & red for t in found.tokens.values() if t.node != node.index) or any(
        nodes[index].bit & red for index in found.joins if index != node.index
    )

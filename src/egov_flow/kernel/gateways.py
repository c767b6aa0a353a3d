# SPDX-License-Identifier: Apache-2.0
"""Gateways: who waits at a join, and when it lets tokens through (BPMN 2.0.2 §13.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from egov_flow.kernel.complex_gateways import activates, begin_reset, chosen, end_reset, resetting
from egov_flow.kernel.moving import drop, go, park
from egov_flow.kernel.program import Node
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import WAIT, Token
from egov_flow.kernel.waiting import arm, plan

__all__ = ["activated", "arrives", "leave_reset", "leave_towards", "perform_event_gateway", "ready_inclusive", "resets"]


def perform_event_gateway(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Wait at an event-based gateway for the first of its events (§13.4.4)."""
    targets = [run.program.nodes[run.program.flows[f].target] for f in node.outgoing]
    waits = [wait for target in targets for wait in plan(run, scope, target)]
    token_id = token.id if token else run.new_id()
    run.rest(scope, Token(token_id, node.index, WAIT, 0, arm(run, waits, token_id)))


def leave_towards(run: Run, gateway: Node, node: Node, token: Token) -> None:
    """Tell that a token passes an event-based gateway towards the event that came."""
    run.happen("left", gateway.id, token.id)
    flow = next(f for f in gateway.outgoing if run.program.flows[f].target == node.index)
    run.happen("taken", run.program.flows[flow].id)
    run.happen("entered", node.id, token.id)


def arrives(run: Run, scope: int, node: Node, flow: int) -> bool:
    """Let a token arrive at a join; return whether it is to be performed now.

    A parallel join waits for one token on every incoming flow (§13.4.1); what is over stays. An inclusive join decides when nothing else moves. A
    complex gateway is activated as soon as its condition holds; one that waits for reset decides when nothing else moves (§13.4.5).
    """
    joins = run.own(scope).joins
    counts = joins.setdefault(node.index, {})
    counts[flow] = counts.get(flow, 0) + 1
    if node.action == "inclusive":
        run.inclusive[scope, node.index] = None
        return False
    if node.joining is not None:
        return _is_activated(run, scope, node, flow)
    if node.takes > 1:
        return _begins(run, scope, node)
    if len(counts) < len(node.incoming):
        return False
    _consume(run, scope, node)
    return True


def _is_activated(run: Run, scope: int, node: Node, flow: int) -> bool:
    """Return whether a token that has arrived activates a complex gateway; a fault parks that token before it."""
    if resetting(run.scopes[scope], node) is not None:
        return False
    try:
        if not activates(run, scope, node):
            return False
    except Fault as fault:
        _take(run, scope, node, (flow,))
        park(run, scope, node, fault, redo="arrive", flow=flow)
        return False
    _activate(run, scope, node)
    return True


def _activate(run: Run, scope: int, node: Node) -> None:
    """Take a token from each incoming flow that holds one, and remember these flows."""
    flows = tuple(run.scopes[scope].joins[node.index])
    _take(run, scope, node, flows)
    begin_reset(run, scope, node, flows)


def activated(run: Run) -> Iterator[tuple[int, Node]]:
    """Yield each complex gateway whose condition has come true while its tokens rested, its tokens consumed.

    A condition that cannot be evaluated does not hold (yet), and the record says so.
    """
    waiting = [(s.id, index) for s in run.scopes.values() if s.joins for index in run.program.complexes if index in s.joins]
    for scope, index in waiting:
        found, node = run.scopes.get(scope), run.program.nodes[index]
        if found is None or index not in found.joins or resetting(found, node) is not None:
            continue
        try:
            is_due = activates(run, scope, node)
        except Fault as fault:
            run.happen("undecided", node.id, 0, fault.code)
            continue
        if is_due:
            _activate(run, scope, node)
            yield scope, node


def resets(run: Run) -> bool:
    """Let the first complex gateway reset for which no further token can come; return False if none can. Asked only when no token is under way."""
    for scope, index in run.inclusive:
        node = run.program.nodes[index]
        if node.joining is None or _is_blocked(run, scope, node):
            continue
        before = resetting(run.scopes[scope], node)
        if before is None:
            raise AssertionError(f"{node.id} does not wait for reset")
        if index in run.scopes[scope].joins:
            _take(run, scope, node, [flow for flow in run.scopes[scope].joins[index] if flow not in before.flows])
        end_reset(run, scope, node)
        run.happen("reset", node.id)
        leave_reset(run, scope, node)
        return True
    return False


def leave_reset(run: Run, scope: int, node: Node, token: Token | None = None) -> None:
    """Give tokens to the flows whose condition holds at the reset, which may be none; a fault parks one before they are chosen."""
    try:
        flows = chosen(run, scope, node, starts=False)
    except Fault as fault:
        park(run, scope, node, fault, redo="reset", token=token)
        return
    if token is not None:
        drop(run, scope, token)
    for flow in flows:
        go(run, scope, flow)


def _begins(run: Run, scope: int, node: Node) -> bool:
    """Let an activity begin when as many tokens have come as its startQuantity says, over whatever flows (§10.3, §13.3.2)."""
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


def _take(run: Run, scope: int, node: Node, flows: Iterable[int]) -> None:
    """Take one token from each of some incoming flows that hold one."""
    counts = run.own(scope).joins[node.index]
    for flow in flows:
        counts[flow] -= 1
        if not counts[flow]:
            del counts[flow]
    if not counts:
        del run.own(scope).joins[node.index]
    run.touched[scope] = None


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
        if node.joining is None and not _is_blocked(run, scope, node):
            _consume(run, scope, node)
            if index not in run.scopes[scope].joins:
                del run.inclusive[scope, index]
            return scope, node
    return None


def _is_blocked(run: Run, scope: int, node: Node) -> bool:
    """Return whether a token may still come (§13.4.3).

    It may, if a token elsewhere has a path to an empty incoming flow that avoids the gateway, and no such path to a flow that holds a token. For the
    reset of a complex gateway a flow that brought one when it was activated counts as one that holds it (§13.4.5).
    """
    found = run.scopes[scope]
    before = resetting(found, node) if node.joining is not None else None
    counts = {*found.joins.get(node.index, ()), *(before.flows if before is not None else ())}
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

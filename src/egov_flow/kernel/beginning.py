# SPDX-License-Identifier: Apache-2.0
"""How a case begins: at its start event, with one of several messages, or by what an instantiating element waits for (BPMN 2.0.2 §10.5.2, §13.5.1)."""

from __future__ import annotations

from egov_flow.data import Context, Value
from egov_flow.errors import InvalidData, NotFound
from egov_flow.kernel.activities import open_scope
from egov_flow.kernel.finishing import finish
from egov_flow.kernel.gateways import leave_towards
from egov_flow.kernel.moving import drop, go, park
from egov_flow.kernel.program import HAPPENED, Node
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import WAIT, Scope, Token
from egov_flow.kernel.waiting import arm, plan

__all__ = ["begin_again", "begin_by", "begin_case", "begin_with_one", "go_on_from_start"]


def begin_case(run: Run, scope: Scope, starts: tuple[int, ...]) -> None:
    """Arm the event sub-processes of a process and put a token into its start events; a fault parks one before the first of them."""
    first = run.program.nodes[starts[0]] if starts else None
    try:
        open_scope(run, scope)
    except Fault as fault:
        run.scopes[scope.id] = scope
        run.owned.add(scope.id)
        if first is None:
            raise AssertionError(f"{run.program.blocks[scope.block].id} has nothing to begin with") from fault
        park(run, scope.id, first, fault, redo="open")
        return
    for start in starts:
        run.send(scope.id, run.program.nodes[start])


def begin_by(run: Run, scope: Scope, node: Node, data: Context) -> None:
    """Begin a process by what an instantiating receive task, an event behind an instantiating gateway, or a start event that maps it, waits for.

    Of every other gateway that begins it one event is awaited too, and behind a parallel one all others (§10.6.6, §13.5.1).
    """
    token = Token(run.new_id(), node.index, WAIT, local=data)
    try:
        open_scope(run, scope)
    except Fault as fault:
        run.scopes[scope.id] = scope
        run.owned.add(scope.id)
        if not node.outputs:  # what an output mapping would choose from stays with the token
            run.assign(scope.id, data)
            token = token.holding(Context())
        park(run, scope.id, node, fault, redo="open", token=token)
        return
    gateway = _gateway(run, node)
    for other in run.program.blocks[scope.block].groups:
        if gateway is None or other != gateway.index:
            run.send(scope.id, run.program.nodes[other])
    rested = run.rest(scope.id, token._replace(local=Context()))
    if gateway is None:
        run.happen("entered", node.id, rested.id)
    else:
        run.tell(gateway.entered)
        leave_towards(run, gateway, node, rested)
        _await_the_others(run, scope, gateway, node)
    if node.trigger is not None:
        run.happen(HAPPENED[node.trigger.kind], node.id, rested.id, node.trigger.name)
    finish(run, scope.id, node, rested, data)


def _gateway(run: Run, node: Node) -> Node | None:
    return run.program.nodes[run.program.flows[node.incoming[0]].source] if node.incoming else None


def _await_the_others(run: Run, scope: Scope, gateway: Node, node: Node) -> None:
    """Put a token into every other event behind a parallel gateway."""
    for flow in gateway.outgoing if gateway.action == "parallel" else ():
        if run.program.flows[flow].target != node.index:
            go(run, scope.id, flow)


def begin_again(run: Run, scope: Scope, node: Node, token: Token) -> None:
    """Try again to arm what a process waits for from its beginning, and begin it."""
    drop(run, scope.id, token)
    block = run.program.blocks[scope.block]
    if node.id in block.entries and (node.kind != "startEvent" or node.outputs):
        begin_by(run, run.own(scope.id), node, token.local)
    else:
        begin_case(run, run.own(scope.id), block.starts if node.index in block.starts else (node.index,))


def begin_with_one(run: Run, scope: Scope, node: Node, message: Value) -> None:
    """Let a case wait at its start event, which a message began and which needs more, for the rest; nothing else of the process is there before that came.

    Raises:
        NotFound: the event does not wait for that message.
        InvalidData: it does not bring what correlates the others, or a time is computed from.
    """
    known = [part.name for part in node.trigger.each if part.kind == "message"] if node.trigger is not None else []
    if message not in known:
        raise NotFound("EF-K231", start=node.id, known=", ".join(known))
    run.scopes[scope.id] = scope
    run.owned.add(scope.id)
    try:
        waits = [wait for wait in plan(run, scope.id, node) if (wait.kind, wait.name) != ("message", message)]
    except Fault as fault:
        raise InvalidData("EF-K232", start=node.id) from fault
    token = run.new_id()
    run.happen("came", node.id, token, str(message))
    run.rest(scope.id, Token(token, node.index, WAIT, 0, arm(run, waits, token)))


def go_on_from_start(run: Run, scope: int, node: Node, token: Token, data: Context) -> None:
    """Begin the process now that all messages of its start event have come."""
    run.assign(scope, data)
    drop(run, scope, token)
    begin_case(run, run.own(scope), (node.index,))

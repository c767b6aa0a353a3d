# SPDX-License-Identifier: Apache-2.0
"""What a caught event does: the flow goes on, an exception flow starts, or an event sub-process runs (BPMN 2.0.2 §13.5.3, §13.5.4)."""

from __future__ import annotations

from egov_flow.data import EMPTY, Context
from egov_flow.kernel.activities import open_scope
from egov_flow.kernel.beginning import go_on_from_start
from egov_flow.kernel.finishing import finish
from egov_flow.kernel.gateways import leave_towards
from egov_flow.kernel.moving import clear, interrupt, leave, park
from egov_flow.kernel.program import HAPPENED, NONE, Node
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import BLOCK, Scope, Token, WaitState
from egov_flow.kernel.together import gathered, wait_again
from egov_flow.kernel.waiting import disarm_one, rearm, tick

__all__ = ["catch_on_border", "enter_border", "fire", "leave_border", "look_at_conditions", "start_event_block"]

STAYS = frozenset({"message", "signal", "condition"})
"""What may come again while it is waited for."""


def fire(run: Run, wait: WaitState, data: Context = EMPTY) -> None:
    """Let what a wait waits for happen."""
    node = run.program.nodes[wait.node]
    if node.needs_all:
        brought = gathered(run, wait, data)
        if brought is None:
            return
        data = brought
    if not wait.token:
        _fire_start(run, wait, node, data)
        return
    token = run.scopes[wait.scope].tokens[wait.token]
    if node.host != NONE:
        run.assign(wait.scope, data)
        _fire_boundary(run, wait, node, token)
    elif token.node == node.index and node.kind == "startEvent":
        go_on_from_start(run, wait.scope, node, token, data)
    elif token.node == node.index:
        run.happen(HAPPENED[wait.kind], node.id, token.id, wait.name)
        finish(run, wait.scope, node, token, data)
    else:
        _fire_behind_gateway(run, wait, node, token, data)


def _fire_boundary(run: Run, wait: WaitState, node: Node, token: Token) -> None:
    following, missed = tick(run, wait)
    if not node.is_interrupting:
        _go_on_waiting(run, wait, node, following)
    detail = f"missed {missed}" if missed else wait.name
    catch_on_border(run, wait.scope, node, run.scopes[wait.scope].tokens[token.id], detail, HAPPENED[wait.kind])


def _go_on_waiting(run: Run, wait: WaitState, node: Node, following: WaitState | None) -> None:
    if node.needs_all:
        wait_again(run, wait)
    elif following is not None:
        rearm(run, following)
    elif wait.kind not in STAYS:
        disarm_one(run, wait)


def catch_on_border(run: Run, scope: int, node: Node, token: Token, detail: str, happened: str = "caught") -> None:  # noqa: PLR0917
    """Start the exception flow of a boundary event; an interrupting one takes the activity away first, with all of its instances (§13.5.3)."""
    enter_border(run, scope, node, token, detail, happened)
    leave_border(run, scope, node)


def enter_border(run: Run, scope: int, node: Node, token: Token, detail: str, happened: str = "caught") -> None:  # noqa: PLR0917
    """Let a boundary event happen, and take its activity away if it interrupts."""
    run.happen("entered", node.id, token.id)
    run.happen(happened, node.id, token.id, detail)
    if node.is_interrupting:
        interrupt(run, scope, token)


def leave_border(run: Run, scope: int, node: Node) -> None:
    """Start the exception flow of a boundary event that has happened."""
    run.happen("completed", node.id)
    leave(run, scope, node)


def _fire_start(run: Run, wait: WaitState, node: Node, data: Context) -> None:
    following, missed = tick(run, wait)
    if not node.is_interrupting:
        _go_on_waiting(run, wait, node, following)
    start_event_block(run, wait.scope, node, f"missed {missed}" if missed else wait.name, data, HAPPENED[wait.kind])


def start_event_block(run: Run, scope: int, node: Node, detail: str, data: Context = EMPTY, happened: str = "caught") -> None:  # noqa: PLR0917
    """Start an event sub-process inside a scope; an interrupting one first takes away all else that runs there (§13.5.4)."""
    host = run.program.nodes[node.event_block]
    if node.is_interrupting:
        clear(run, scope)
    block = run.program.blocks[host.content]
    token = run.rest(scope, Token(run.new_id(), host.index, BLOCK, run.counter + 1))
    run.tell(host.entered)
    inner = Scope(run.new_id(), block.index, scope, token.id, Context(dict.fromkeys(block.local)))
    try:
        open_scope(run, inner)
    except Fault as fault:
        park(run, scope, host, fault, redo="enter", token=token._replace(child=0))
        return
    run.assign(inner.id, data)
    run.happen(happened, node.id, token.id, detail)
    run.send(inner.id, node)


def _fire_behind_gateway(run: Run, wait: WaitState, node: Node, token: Token, data: Context) -> None:
    """Leave an event-based gateway towards the event that came first; the others are not awaited any more (§13.4.4)."""
    leave_towards(run, run.node(token), node, token)
    run.happen(HAPPENED[wait.kind], node.id, token.id, wait.name)
    finish(run, wait.scope, node, token, data)


def look_at_conditions(run: Run) -> None:
    """Fire the events whose condition has come true since it was last looked at (§10.5.5), first armed first.

    A condition that yields no boolean does not hold (yet); one that cannot be evaluated does not hold either, and the record says so.
    """
    run.is_changed = False
    for wait in [w for w in run.waits.values() if w.kind == "condition"]:
        if run.waits.get(wait.id) is not wait or run.ignores_data:
            continue
        holds = _holds(run, wait)
        now = wait._replace(tick=int(holds))
        if now != wait:
            run.waits[wait.id] = now
        if holds and not wait.tick:
            fire(run, now)


def _holds(run: Run, wait: WaitState) -> bool:
    node = run.program.nodes[wait.node]
    condition = node.trigger.each[wait.part].condition if node.trigger is not None else None
    if condition is None:
        return False
    try:
        return run.evaluate(condition, wait.scope) is True
    except Fault as fault:
        run.happen("undecided", node.id, wait.token, fault.code)
        return False

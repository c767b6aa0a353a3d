# SPDX-License-Identifier: Apache-2.0
"""Events: throwing, waiting, and what happens when one occurs (BPMN 2.0.2 §13.5)."""

from __future__ import annotations

from egov_flow.data import EMPTY, Context
from egov_flow.kernel.moving import clear, interrupt, leave, perform_done
from egov_flow.kernel.program import NONE, Node
from egov_flow.kernel.run import Run
from egov_flow.kernel.state import WAIT, Token, WaitState
from egov_flow.kernel.waiting import arm, correlation_key, disarm_one, plan, rearm, tick
from egov_flow.values import Message

__all__ = ["fire", "perform_catch", "perform_pass", "perform_terminate", "perform_throw"]

HAPPENED = {"message": "caught", "timer": "fired", "deadline": "expired"}


def perform_pass(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Pass a start event, a none intermediate event, or a none end event, which consumes its token."""
    if node.trigger is not None:
        run.happen(HAPPENED[node.trigger.kind], node.id, 0, node.trigger.name)
    perform_done(run, scope, node, token)


def perform_throw(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Throw the message of an event or send task, and go on (§13.5.3). It carries no variables: data passes by explicit mapping only.

    Raises:
        Fault: its correlation key cannot be evaluated.
    """
    trigger = node.trigger
    if trigger is not None:
        message = Message(trigger.name, node.id, EMPTY, correlation_key(run, scope, trigger))
        run.outputs.messages.append(message)
        run.happen("thrown", node.id, token.id if token else 0, trigger.name)
    perform_done(run, scope, node, token)


def perform_terminate(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """End everything that runs in the scope of a terminate end event, and the scope with it (§13.5.6); what is around it goes on."""
    run.happen("completed", node.id, token.id if token else 0)
    run.happen("terminated", run.program.blocks[node.block].id)
    clear(run, scope)


def perform_catch(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Wait at an intermediate catch event."""
    wait = plan(run, scope, node)
    token_id = token.id if token else run.new_id()
    run.rest(scope, Token(token_id, node.index, WAIT, 0, arm(run, [wait], token_id)))


def fire(run: Run, wait: WaitState, data: Context = EMPTY) -> None:
    """Let what a wait waits for happen."""
    node = run.program.nodes[wait.node]
    token = run.scopes[wait.scope].tokens[wait.token]
    run.assign(wait.scope, data)
    if node.host != NONE:
        _fire_boundary(run, wait, node, token)
    elif token.node == node.index:
        run.happen(HAPPENED[wait.kind], node.id, token.id, wait.name)
        perform_done(run, wait.scope, node, token)
    else:
        _fire_behind_gateway(run, wait, node, token)


def _fire_boundary(run: Run, wait: WaitState, node: Node, token: Token) -> None:
    """Start the exception flow of a boundary event; an interrupting one takes the activity away first (§13.5.3)."""
    run.happen("entered", node.id, token.id)
    following, missed = tick(run, wait)
    run.happen(HAPPENED[wait.kind], node.id, token.id, f"missed {missed}" if missed else wait.name)
    if node.is_interrupting:
        interrupt(run, wait.scope, token)
    elif following is not None:
        rearm(run, following)
    elif wait.kind != "message":  # another message may come as long as the activity runs
        disarm_one(run, wait)
    run.happen("completed", node.id)
    leave(run, wait.scope, node)


def _fire_behind_gateway(run: Run, wait: WaitState, node: Node, token: Token) -> None:
    """Leave an event-based gateway towards the event that came first; the others are not awaited any more (§13.4.4)."""
    gateway = run.node(token)
    run.happen("left", gateway.id, token.id)
    flow = next(f for f in gateway.outgoing if run.program.flows[f].target == node.index)
    run.happen("taken", run.program.flows[flow].id)
    run.happen("entered", node.id, token.id)
    run.happen(HAPPENED[wait.kind], node.id, token.id, wait.name)
    perform_done(run, wait.scope, node, token)

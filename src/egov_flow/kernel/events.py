# SPDX-License-Identifier: Apache-2.0
"""Events: throwing, waiting, and what happens when one occurs (BPMN 2.0.2 §13.5)."""

from __future__ import annotations

from egov_flow.data import EMPTY, Context
from egov_flow.kernel.catching import catch_on_border, fire, start_event_block
from egov_flow.kernel.compensation import undo_what_is_left
from egov_flow.kernel.finishing import finish
from egov_flow.kernel.moving import clear, drop, perform_done
from egov_flow.kernel.program import HAPPENED, NONE, SIGNAL, Node, Trigger
from egov_flow.kernel.raising import Catcher, catcher
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import WAIT, Token
from egov_flow.kernel.waiting import arm, correlation_key, plan
from egov_flow.values import Message

__all__ = [
    "broadcast", "caught", "message_of", "payload_of", "perform_catch", "perform_link", "perform_pass", "perform_raise", "perform_signal",
    "perform_terminate", "perform_throw", "raise_outwards", "throw_message", "throw_signal",
]  # fmt: skip


def perform_pass(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Pass a start event, a none intermediate event, or a none end event, which consumes its token."""
    if node.trigger is not None and node.event_block == NONE and node.trigger.kind in HAPPENED:
        run.happen(HAPPENED[node.trigger.kind], node.id, 0, node.trigger.name)
    perform_done(run, scope, node, token)


def perform_link(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Go on at the link event of the same name (§10.5.5): the pair stands for a sequence flow."""
    perform_done(run, scope, node, token)
    run.send(scope, run.program.nodes[node.link])


def perform_throw(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Throw the message of an event or send task, and go on (§13.5.3). It carries what its input mappings name, and nothing else.

    Raises:
        Fault: what it carries, or its correlation key, cannot be computed.
    """
    if node.trigger is not None:
        throw_message(run, node, token, message_of(run, scope, node, token, node.trigger))
    if node.repetition is None:
        perform_done(run, scope, node, token)
    else:  # a send task of several instances: this one has thrown
        finish(run, scope, node, token)


def message_of(run: Run, scope: int, node: Node, token: Token | None, trigger: Trigger) -> Message:
    """Return the message that an element throws.

    Raises:
        Fault: what it carries, or its correlation key, cannot be computed.
    """
    payload = payload_of(run, scope, node, token)
    key = ""
    if trigger.keys and not run.ignores_data:
        key = correlation_key(run, trigger, payload if trigger.is_keyed_by_payload else run.visible(scope, token))
    return Message(trigger.name, node.id, payload, key)


def throw_message(run: Run, node: Node, token: Token | None, message: Message) -> None:
    """Give a message to the outside."""
    run.outputs.messages.append(message)
    run.happen("thrown", node.id, token.id if token else 0, message.name)


def payload_of(run: Run, scope: int, node: Node, token: Token | None) -> Context:
    """Return what a thrown message or signal carries: what the input mappings of its element name.

    Raises:
        Fault: a mapping cannot be computed.
    """
    if not node.inputs or run.ignores_data:
        return EMPTY
    return run.passed(node.inputs, run.visible(scope, token))


def perform_signal(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Throw a signal to everything in the case that waits for it, and to the outside; then go on, if that has not ended the thrower (§10.5.6)."""
    trigger = node.trigger
    if trigger is None:
        raise AssertionError(f"{node.id} throws nothing")
    payload = payload_of(run, scope, node, token)
    rested = run.rest(scope, Token(token.id if token else run.new_id(), node.index, WAIT))
    throw_signal(run, node, rested, trigger.name, payload)
    found = run.scopes.get(scope)
    if found is not None and rested.id in found.tokens:
        perform_done(run, scope, node, rested)


def throw_signal(run: Run, node: Node, token: Token, name: str, payload: Context) -> None:
    """Let a signal reach everything in the case that waits for it, and give it to the outside."""
    run.outputs.messages.append(Message(SIGNAL + name, node.id, payload))
    run.happen("thrown", node.id, token.id, name)
    broadcast(run, name, payload)


def broadcast(run: Run, name: str, data: Context) -> int:
    """Let a signal reach everything in the case that waits for it now; return how many did."""
    found = [w for w in run.waits.values() if w.kind == "signal" and w.name == name]
    for wait in found:
        if run.waits.get(wait.id) == wait:
            fire(run, wait, data)
    return len(found)


def perform_raise(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Throw an error, which ends the thrower, or an escalation, after which it goes on unless what catches interrupts it (§10.5.6).

    Raises:
        Fault: nothing catches the error.
    """
    trigger = node.trigger
    if trigger is None:
        raise AssertionError(f"{node.id} throws nothing")
    if raise_outwards(run, scope, node, token, trigger):
        perform_done(run, scope, node, token)


def raise_outwards(run: Run, scope: int, node: Node, token: Token | None, trigger: Trigger) -> bool:
    """Let what catches an error or escalation catch it; return whether the thrower goes on.

    Raises:
        Fault: nothing catches the error.
    """
    found = catcher(run.program, run.scopes, trigger.kind, trigger.name, scope, None)
    if found is None and trigger.kind == "error":
        raise Fault("uncaught error", "EF-K117", error=trigger.name)
    run.happen("thrown", node.id, token.id if token else 0, trigger.name)
    if found is None:
        run.happen("uncaught", node.id, 0, trigger.name)
        return True
    is_over = found.node.is_interrupting or trigger.kind == "error"
    if is_over:
        run.happen("completed", node.id)
        if token is not None:
            drop(run, scope, token)
    caught(run, found, trigger.kind, trigger.name)
    return not is_over


def caught(run: Run, found: Catcher, kind: str, code: str) -> None:
    """Let an error or escalation be caught; first what was done in what an error leaves is compensated (§13.5.5.3)."""
    if kind == "error" and undo_what_is_left(run, found, code):
        return
    if found.token:
        catch_on_border(run, found.scope, found.node, run.scopes[found.scope].tokens[found.token], code)
    else:
        start_event_block(run, found.scope, found.node, code)


def perform_terminate(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """End everything that runs in the scope of a terminate end event, and the scope with it (§13.5.6); what is around it goes on."""
    run.happen("completed", node.id, token.id if token else 0)
    run.happen("terminated", run.program.blocks[node.block].id)
    clear(run, scope)
    run.own(scope).records = ()


def perform_catch(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Wait at an intermediate catch event."""
    waits = plan(run, scope, node)
    token_id = token.id if token else run.new_id()
    run.rest(scope, Token(token_id, node.index, WAIT, 0, arm(run, waits, token_id)))

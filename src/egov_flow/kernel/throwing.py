# SPDX-License-Identifier: Apache-2.0
"""Events that throw several things at once (multiple intermediate and end events, BPMN 2.0.2 §10.5.3, §10.5.4)."""

from __future__ import annotations

from egov_flow.kernel.compensation import perform_cancel, perform_compensate
from egov_flow.kernel.events import message_of, payload_of, perform_terminate, raise_outwards, throw_message, throw_signal
from egov_flow.kernel.moving import drop, perform_done
from egov_flow.kernel.program import Node, Trigger
from egov_flow.kernel.raising import catcher
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import WAIT, Token

__all__ = ["perform_all"]


def perform_all(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Throw all parts: messages, signals and escalations, then compensation or what ends the scope.

    One that ends the thrower, since what catches it interrupts, ends what would follow.

    Raises:
        Fault: nothing was thrown, since what a message carries or its key cannot be computed, or since nothing catches the error.
    """
    parts = node.trigger.each if node.trigger is not None else ()
    messages = [message_of(run, scope, node, token, part) for part in parts if part.kind == "message"]
    payload = payload_of(run, scope, node, token)
    _must_be_caught(run, scope, parts)
    rested = run.rest(scope, Token(token.id if token else run.new_id(), node.index, WAIT))
    for message in messages:
        throw_message(run, node, rested, message)
    for part in parts:
        if part.kind == "signal":
            throw_signal(run, node, rested, part.name, payload)
        elif part.kind == "escalation":
            raise_outwards(run, scope, node, rested, part)
        if not _is_there(run, scope, rested):
            return
    _finish(run, scope, node, rested, frozenset(part.kind for part in parts))


def _must_be_caught(run: Run, scope: int, parts: tuple[Trigger, ...]) -> None:
    for part in parts:
        if part.kind == "error" and catcher(run.program, run.scopes, "error", part.name, scope, None) is None:
            raise Fault("uncaught error", "EF-K117", error=part.name)


def _is_there(run: Run, scope: int, token: Token) -> bool:
    found = run.scopes.get(scope)
    return found is not None and token.id in found.tokens


def _finish(run: Run, scope: int, node: Node, token: Token, kinds: frozenset[str]) -> None:
    """Go on, by compensating or ending the scope if that is thrown too."""
    if "compensate" in kinds:
        perform_compensate(run, scope, node, token)
    elif "error" in kinds:
        error = next(part for part in node.trigger.each if part.kind == "error") if node.trigger is not None else None
        if error is not None:
            raise_outwards(run, scope, node, token, error)
    elif "terminate" in kinds:
        drop(run, scope, token)
        perform_terminate(run, scope, node, None)
    elif "cancel" in kinds:
        drop(run, scope, token)
        perform_cancel(run, scope, node, None)
    else:
        perform_done(run, scope, node, token)

# SPDX-License-Identifier: Apache-2.0
"""What instances of an activity throw when they are done: the behaviors None, One and Complex (BPMN 2.0.2 §10.3.8, §13.3.7)."""

from __future__ import annotations

from egov_flow.data import EMPTY
from egov_flow.kernel.choices import Options
from egov_flow.kernel.events import caught, message_of, throw_message, throw_signal
from egov_flow.kernel.moving import park
from egov_flow.kernel.program import Node, Throwing, Trigger
from egov_flow.kernel.raising import catcher
from egov_flow.kernel.rounds import count_instance, leave_instance
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import Rounds, Token

__all__ = ["throw"]


def throw(run: Run, scope: int, token_id: int) -> None:
    """Let an instance throw that is done, and leave it, if that has not ended it; a fault parks it before anything is thrown."""
    token = run.scopes[scope].tokens.get(token_id) if scope in run.scopes else None
    if token is None:
        return
    node, own = run.node(token), run.own(scope)
    before, kept = own.rounds, own.kept
    try:
        is_complete = count_instance(run, scope, node, token)
        thrown = _due(run, scope, node, token)
    except Fault as fault:
        own.rounds, own.kept = before, kept
        park(run, scope, node, fault, redo="round", token=token)
        return
    for trigger in thrown:
        _throw(run, scope, node, token, trigger)
        if scope not in run.scopes or token.id not in run.scopes[scope].tokens:
            return
    leave_instance(run, scope, node, run.scopes[scope].tokens[token.id], is_complete=is_complete)


def _due(run: Run, scope: int, node: Node, token: Token) -> tuple[Trigger, ...]:
    """Return what this instance throws, itself counted as done.

    Raises:
        Fault: a condition yields no boolean or is open and nobody chooses, a message has no key, or nothing catches an error.
    """
    spec, rounds = node.repetition, run.scopes[scope].rounds
    if spec is None or rounds is None:
        raise AssertionError(f"{node.id} is done once")
    found = tuple(throwing.trigger for throwing in spec.throws if _is_due(run, scope, node, token, throwing, rounds))
    for trigger in found:
        if trigger.kind == "message":
            message_of(run, scope, node, token, trigger)
        if trigger.kind == "error" and catcher(run.program, run.scopes, "error", trigger.name, scope, None) is None:
            raise Fault("uncaught error", "EF-K117", error=trigger.name)
    return found


def _is_due(run: Run, scope: int, node: Node, token: Token, throwing: Throwing, rounds: Rounds) -> bool:  # noqa: PLR0917
    if throwing.is_first:
        return rounds.done == 1
    if not throwing.is_conditional:
        return True
    if run.choices is not None and (run.ignores_data or throwing.condition is None):
        options = Options(element=node.id, is_exclusive=True, always=(), conditional=("throw",), default="go on")
        return run.choices.pick(options) == 0
    if throwing.condition is None:
        raise Fault("condition", "EF-K104")
    value = run.evaluate(throwing.condition, scope, token)
    if not isinstance(value, bool):
        raise Fault("condition", "EF-K120")
    return value


def _throw(run: Run, scope: int, node: Node, token: Token, trigger: Trigger) -> None:
    if trigger.kind == "message":
        throw_message(run, node, token, message_of(run, scope, node, token, trigger))
        return
    if trigger.kind == "signal":
        throw_signal(run, node, token, trigger.name, EMPTY)
        return
    run.happen("thrown", node.id, token.id, trigger.name)
    found = catcher(run.program, run.scopes, trigger.kind, trigger.name, scope, None)
    if found is None:
        run.happen("uncaught", node.id, 0, trigger.name)
    else:
        caught(run, found, trigger.kind, trigger.name)

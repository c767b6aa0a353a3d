# SPDX-License-Identifier: Apache-2.0
"""What must hold in every state: no orphan token, scope or wait, no id twice, nothing that rests without a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from egov_flow.kernel.program import NONE, Node, Program
from egov_flow.kernel.state import BLOCK, CAME, DATA, INCIDENT, ROOT, WAIT, Scope, State, Token, WaitState
from egov_flow.values import CASE_STATUSES

__all__ = ["defects"]


def defects(program: Program, state: State) -> list[str]:
    """Return what contradicts itself in a state; nothing in any that `step` made."""
    return [*_whole(state), *(d for s in state.scopes.values() for d in _scope(program, state, s)), *_waits(program, state)]


def _whole(state: State) -> Iterator[str]:
    ids = Counter([*state.scopes, *state.waits, *(t for s in state.scopes.values() for t in s.tokens)])
    if any(count > 1 for count in ids.values()):
        yield "an id is used twice"
    if any(not 0 < number <= state.counter for number in ids):
        yield "an id was never given"
    if state.status not in CASE_STATUSES:
        yield "the status is unknown"
    if ROOT not in state.scopes:
        yield "the process has no scope"
        return
    is_live = state.status in ("running", "suspended")
    root = state.scopes[ROOT]
    if not is_live and (len(state.scopes) > 1 or root.tokens or root.joins or root.resets or state.waits or root.waits):
        yield "something is left in a case that has ended"
    for scope, node in state.inclusive:
        if scope not in state.scopes or (node not in state.scopes[scope].joins and not _resets(state.scopes[scope], node)):
            yield "an inclusive join holds no token"


def _resets(scope: Scope, node: int) -> bool:
    return any(r.node == node for r in scope.resets)


def _scope(program: Program, state: State, scope: Scope) -> Iterator[str]:
    if (scope.id == ROOT) != (scope.parent == 0) or (scope.id == ROOT and not program.blocks[scope.block].is_process):
        yield "a scope has the wrong parent"
    host = state.scopes[scope.parent].tokens.get(scope.host) if scope.parent in state.scopes else None
    if scope.id != ROOT and (host is None or host.child != scope.id or not _belongs(program, scope, host)):
        yield "a scope belongs to no token"
    if any(w not in state.waits or state.waits[w].token or state.waits[w].scope != scope.id for w in scope.waits):
        yield "a scope waits for nothing"
    if scope.rounds is not None and not 0 <= scope.rounds.done <= scope.rounds.begun:
        yield "more instances are done than were begun"
    is_underway = any(a.scope == scope.id for a in (*state.pending, *state.late))
    is_adhoc = program.blocks[scope.block].adhoc is not None and not scope.is_closing
    if state.status in ("running", "suspended") and not (
        is_adhoc or scope.tokens or is_underway or ((scope.joins or scope.resets) and (state.pending or state.late))
    ):
        yield "a scope is empty"
    for token in scope.tokens.values():
        yield from _token(program, state, scope, token)
    for node, counts in scope.joins.items():
        if (
            program.nodes[node].block != scope.block
            or not counts
            or any(c < 1 or f not in program.nodes[node].incoming for f, c in counts.items())
        ):
            yield "a join counts what cannot arrive there"
    for reset in scope.resets:
        gateway = program.nodes[reset.node]
        if gateway.joining is None or gateway.block != scope.block or not set(reset.flows) <= set(gateway.incoming):
            yield "a gateway waits for a reset that it cannot have"
        if (scope.id, reset.node) not in state.inclusive:
            yield "a gateway waits for a reset that never comes"


def _belongs(program: Program, scope: Scope, host: Token) -> bool:
    node = program.nodes[host.node]
    if scope.undoing is not None and scope.undoing.then != "next":
        return not scope.joins
    if scope.rounds is not None:
        return node.repetition is not None and node.block == scope.block and not scope.joins
    return node.content == scope.block


def _token(program: Program, state: State, scope: Scope, token: Token) -> Iterator[str]:
    node = program.nodes[token.node]
    if node.block != scope.block or node.host != NONE or (scope.rounds is not None and node.repetition is None):
        yield "a token rests where it cannot"
    if any(w not in state.waits or state.waits[w].token != token.id for w in token.waits):
        yield "a token waits for nothing"
    open_waits = [state.waits[w] for w in token.waits if w in state.waits and state.waits[w].kind != CAME]
    if token.phase == WAIT and not any(program.nodes[wait.node].host == NONE for wait in open_waits):
        yield "a token waits for nothing that lets it go on"
    if (token.phase == BLOCK) != (token.child in state.scopes and token.child != 0):
        yield "a token is without its scope"
    if (token.phase == INCIDENT) != (token.trouble is not None):
        yield "a token is parked without a reason"


def _waits(program: Program, state: State) -> Iterator[str]:
    for wait in state.waits.values():
        scope = state.scopes.get(wait.scope)
        holder = scope if scope is not None and not wait.token else scope.tokens.get(wait.token) if scope else None
        if holder is None or wait.id not in holder.waits:
            yield "a wait belongs to no token"
        if not _can_come(program.nodes[wait.node], wait):
            yield "a wait waits for nothing"


def _can_come(node: Node, wait: WaitState) -> bool:
    """Return whether a node waits for what a wait says, or keeps that it came."""
    if wait.kind == DATA:
        return bool(node.input_sets)
    if node.trigger is None or not 0 <= wait.part < len(node.trigger.each):
        return False
    return node.needs_all if wait.kind == CAME else wait.kind == node.trigger.each[wait.part].kind

# SPDX-License-Identifier: Apache-2.0
"""What may be forgotten of a state when data is ignored: that something was done more than once.

An activity that was done twice would be compensated twice, one time after the other and each time alike. A handler that was begun twice beside the flow, and
helps and hinders nothing, is the same as one. So that who explores all states of a loop comes to an end.
"""

from __future__ import annotations

import attrs

from egov_flow.kernel.state import Record, Scope, State

__all__ = ["forget_repeats"]


def forget_repeats(state: State, beside: frozenset[int] = frozenset()) -> State:
    """Return a state in which each record of what was done is kept once, the newest of it, and each token at the nodes `beside` once, the oldest."""
    scopes = {number: _forgetful(scope, beside) for number, scope in state.scopes.items()}
    if all(scopes[number] is scope for number, scope in state.scopes.items()):
        return state
    kept = {token for scope in scopes.values() for token in scope.tokens}
    gone = {token for scope in state.scopes.values() for token in scope.tokens if token not in kept}
    return state._replace(scopes=scopes, waits={number: wait for number, wait in state.waits.items() if wait.token not in gone})


def _forgetful(scope: Scope, beside: frozenset[int]) -> Scope:
    records, undoing = _once(scope.records), scope.undoing
    todo = _once(undoing.todo) if undoing is not None else ()
    doubled = _doubled(scope, beside) if beside else set()
    if len(records) < len(scope.records):
        scope = attrs.evolve(scope, records=records)
    if undoing is not None and len(todo) < len(undoing.todo):
        scope = attrs.evolve(scope, undoing=undoing._replace(todo=todo))
    if doubled:
        scope = attrs.evolve(scope, tokens={number: token for number, token in scope.tokens.items() if number not in doubled})
    return scope


def _once(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Return records without those that a newer one repeats; what was done inside an activity is told apart, its variables are not."""
    if len(records) < 2:
        return records
    newest: dict[object, Record] = {}
    for record in reversed(records):
        newest.setdefault(_shape(record), record)
    return tuple(reversed(newest.values()))


def _shape(record: Record) -> tuple[int, bool, tuple[object, ...]]:
    return record.node, record.is_partial, tuple(_shape(inner) for inner in _once(record.inner))


def _doubled(scope: Scope, beside: frozenset[int]) -> set[int]:
    """Return the tokens that rest where another of the scope rests in the same way; those with a scope of their own are left."""
    found: set[int] = set()
    seen: set[tuple[int, str]] = set()
    for number, token in scope.tokens.items():
        if token.node in beside and not token.child and token.trouble is None:
            if (token.node, token.phase) in seen:
                found.add(number)
            seen.add((token.node, token.phase))
    return found

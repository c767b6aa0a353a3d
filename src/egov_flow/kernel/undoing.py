# SPDX-License-Identifier: Apache-2.0
"""What there is to compensate in what is torn down, and the scope in which that happens (BPMN 2.0.2 §13.5.5).

An activity that is still active cannot be compensated, but what was completed inside it can: an error that leaves it, or the cancelling of the
transaction around it, undoes that. A transaction that an error leaves is the exception: that is a hazard, and nothing in it is compensated (§10.3.5).
"""

from __future__ import annotations

from egov_flow.data import EMPTY, Context
from egov_flow.kernel.run import Run
from egov_flow.kernel.state import Record, Scope, Token, Undoing

__all__ = ["done_inside", "done_inside_all", "undo"]


def undo(run: Run, scope: int, token: Token, undoing: Undoing, block: int) -> None:
    """Compensate in a scope of its own below a token, the last first."""
    inner = Scope(run.new_id(), block, scope, token.id, undoing=undoing)
    run.scopes[inner.id] = inner
    run.owned.add(inner.id)
    run.rest(scope, Token(token.id, token.node, token.phase, inner.id, token.waits, token.trouble, token.local))
    run.touched[inner.id] = None


def done_inside_all(run: Run, scope: int) -> tuple[Record, ...]:
    """Return what was done inside the activities that run in a scope, those that began first first."""
    return tuple(record for token in _in_order(run.scopes[scope]) for record in done_inside(run, scope, token))


def done_inside(run: Run, scope: int, token: Token) -> tuple[Record, ...]:
    """Return what was done inside an activity that runs; nothing of a transaction, and nothing of a compensation under way."""
    done: dict[int, tuple[Record, ...]] = {}
    for place, active in reversed(_active(run, scope, token)):  # inner before outer, without recursion
        found = run.scopes[active.child]
        inner = (*found.records, *(record for t in _in_order(found) for record in done.get(t.id, ())))
        done[active.id] = inner if found.rounds is not None or not inner else (_left(run, place, active, found, inner),)
    return done.get(token.id, ())


def _in_order(scope: Scope) -> list[Token]:
    return sorted(scope.tokens.values(), key=lambda token: token.id)


def _active(run: Run, scope: int, token: Token) -> list[tuple[int, Token]]:
    """Return an activity and all that run inside it and can hold what was done, outer before inner."""
    active, todo = [], [(scope, token)]
    while todo:
        place, each = todo.pop()
        found = run.scopes.get(each.child)
        if found is not None and found.undoing is None and run.node(each).kind != "transaction":
            active.append((place, each))
            todo += [(found.id, t) for t in found.tokens.values()]
    return active


def _left(run: Run, place: int, token: Token, inside: Scope, inner: tuple[Record, ...]) -> Record:
    """Return the record of an activity that was left before it was done, with its own variables as they are."""
    own = token.local if run.scopes[place].rounds is not None else EMPTY
    return Record(token.node, Context({**own, **inside.variables}), inner, is_partial=True)

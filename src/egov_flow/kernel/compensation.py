# SPDX-License-Identifier: Apache-2.0
"""Compensation and the cancelling of transactions (BPMN 2.0.2 §10.7, §13.5.5).

What is compensated runs backwards, one after the other, in a scope of its own below the event that throws: the handler of an activity, the compensation
event sub-process inside it, or else what was done inside it, again backwards.
"""

from __future__ import annotations

from egov_flow.kernel.catching import catch_on_border, enter_border, leave_border, start_event_block
from egov_flow.kernel.moving import clear, close_scope, disarm, drop, perform_done
from egov_flow.kernel.program import NONE, Node
from egov_flow.kernel.raising import Catcher
from egov_flow.kernel.run import Run
from egov_flow.kernel.state import BLOCK, Record, Scope, Token, Undoing
from egov_flow.kernel.undoing import done_inside, done_inside_all, undo

__all__ = ["go_on", "perform_cancel", "perform_compensate", "undo_what_is_left"]


def perform_compensate(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Compensate one activity, or all that were done in the scope, the last first; wait for the end unless the event does not want to (§13.5.5.2)."""
    trigger = node.trigger
    if trigger is None:
        raise AssertionError(f"{node.id} throws nothing")
    target = _visible(run, scope)
    thrown = [part for part in trigger.each if part.kind == "compensate"]
    wanted = {run.program.index.get(part.name, NONE) for part in thrown}
    found = tuple(r for r in target.records if NONE in wanted or r.node in wanted)
    for part in thrown:
        run.happen("thrown", node.id, token.id if token else 0, part.name)
    if not found:  # what was not done, or was left by an error, needs no compensation
        perform_done(run, scope, node, token)
        return
    run.own(target.id).records = tuple(r for r in target.records if r not in found)
    rested = Token(token.id if token else run.new_id(), node.index, BLOCK)
    if any(part.waits for part in thrown):
        undo(run, scope, rested, Undoing(found, "leave"), target.block)
    else:
        perform_done(run, scope, node, token)
        undo(run, scope, rested if token is None else rested._replace(id=run.new_id()), Undoing(found, "go"), target.block)


def _visible(run: Run, scope: int) -> Scope:
    """Return the scope whose activities an event can compensate: its own, or from an event sub-process the one around it."""
    found = run.scopes[scope]
    while found.parent and (found.rounds is not None or run.program.blocks[found.block].is_event):
        found = run.scopes[found.parent]
    return found


def go_on(run: Run, scope: Scope) -> None:
    """Compensate the next activity of a scope in which nothing runs; at the end go on with what threw."""
    undoing = scope.undoing
    if undoing is None:
        raise AssertionError(f"nothing is compensated in scope {scope.id}")
    if not undoing.todo:
        _end(run, scope, undoing)
        return
    record, own = undoing.todo[-1], run.own(scope.id)
    own.undoing = undoing._replace(todo=undoing.todo[:-1])
    node = run.program.nodes[record.node]
    run.happen("compensating", node.id)
    if node.compensator != NONE and not record.is_partial:
        if undoing.then != "next":
            own.variables = record.variables
        run.send(scope.id, run.program.nodes[node.compensator])
    else:
        _restore(run, scope.id, node, record)


def _restore(run: Run, scope: int, node: Node, record: Record) -> None:
    """Compensate what was done inside an activity, its variables as they were then (§13.5.5.1)."""
    block = run.program.blocks[node.content]
    start = NONE if record.is_partial else block.compensator
    todo = record.inner if start == NONE else ()
    token = Token(run.new_id(), node.index, BLOCK, run.counter + 1)
    inner = Scope(run.new_id(), block.index, scope, token.id, record.variables, undoing=Undoing(todo, "next"))
    inner.records = () if start == NONE else record.inner
    run.scopes[inner.id] = inner
    run.owned.add(inner.id)
    run.rest(scope, token)
    run.touched[inner.id] = None
    if start != NONE:
        start_event_block(run, inner.id, run.program.nodes[start], "")


def _end(run: Run, scope: Scope, undoing: Undoing) -> None:
    close_scope(run, scope)
    del run.scopes[scope.id]
    host = run.scopes[scope.parent].tokens[scope.host]
    if undoing.then == "leave":
        perform_done(run, scope.parent, run.node(host), host)
        return
    drop(run, scope.parent, host)
    if undoing.then == "cancel":
        _leave_cancelled(run, scope.parent)
    elif undoing.then == "catch":
        _catch(run, scope.parent, run.program.nodes[undoing.catcher], undoing.code)


def undo_what_is_left(run: Run, found: Catcher, code: str) -> bool:
    """Compensate what was done in what an error leaves, before it is caught (§13.5.5.3); return False if there is nothing.

    The catcher is on the border of the activity that is left, or it starts an event sub-process of the scope around it.
    """
    scope, node = found.scope, found.node
    token = run.scopes[scope].tokens.get(found.token)
    records = done_inside_all(run, scope) if token is None else done_inside(run, scope, token)
    if not records:
        return False
    if token is None:
        clear(run, scope)
    else:
        enter_border(run, scope, node, token, code)
    rested = Token(run.new_id(), node.event_block if token is None else token.node, BLOCK)
    undo(run, scope, rested, Undoing(records, "catch", node.index, code), run.scopes[scope].block)
    return True


def _catch(run: Run, scope: int, node: Node, code: str) -> None:
    if node.host != NONE:
        leave_border(run, scope, node)
    else:
        start_event_block(run, scope, node, code)


def perform_cancel(run: Run, scope: int, node: Node, token: Token | None) -> None:
    """Cancel the transaction around an end event: what runs in it ends, what was done is compensated, then its cancel event goes on (§10.5.3)."""
    run.happen("thrown", node.id, token.id if token else 0, "cancel")
    run.happen("completed", node.id)
    found, place = run.scopes[scope], node.index
    while not _is_transaction(run, found):
        place = run.scopes[found.parent].tokens[found.host].node
        found = run.scopes[found.parent]
    records = (*found.records, *done_inside_all(run, found.id))
    clear(run, found.id)
    _stop_waiting(run, found)
    run.own(found.id).records = ()
    undo(run, found.id, Token(run.new_id(), place, BLOCK), Undoing(records, "cancel"), found.block)


def _is_transaction(run: Run, scope: Scope) -> bool:
    if not scope.parent:
        raise AssertionError("a cancel event stands outside of every transaction")
    host = run.scopes[scope.parent].tokens[scope.host]
    return scope.is_own and run.node(host).kind == "transaction"


def _activity(run: Run, scope: Scope) -> tuple[int, Token]:
    """Return the token of the activity that a scope belongs to, that of all instances together if it is one of several, and its scope."""
    around = run.scopes[scope.parent]
    if around.rounds is not None:
        return _activity(run, around)
    return around.id, around.tokens[scope.host]


def _stop_waiting(run: Run, scope: Scope) -> None:
    """End the waits on the border of a transaction: how it ends is decided."""
    around, token = _activity(run, scope)
    disarm(run, token)
    run.rest(around, token._replace(waits=()))


def _leave_cancelled(run: Run, transaction: int) -> None:
    scope, token = _activity(run, run.scopes[transaction])
    nodes = (run.program.nodes[index] for index in run.node(token).handlers)
    catching = next(n for n in nodes if n.trigger is not None and any(t.kind == "cancel" for t in n.trigger.each))
    catch_on_border(run, scope, catching, token, "")

# SPDX-License-Identifier: Apache-2.0
"""Activities that are done more than once: standard loops and several instances (BPMN 2.0.2 §13.3.6, §13.3.7).

The activity's own token waits for a scope that holds the instances; each instance is a token in it, with variables of its own.
"""

from __future__ import annotations

from decimal import Decimal

from egov_flow.data import EMPTY, Context, Value
from egov_flow.kernel.choices import Options
from egov_flow.kernel.moving import clear, drop, keep_record, leave, perform_done
from egov_flow.kernel.program import NONE, Node, Repetition
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import BLOCK, WAIT, WORK, Record, Rounds, Scope, Token, WaitState
from egov_flow.kernel.waiting import arm
from egov_flow.values import Occurrence

__all__ = ["begin", "begin_instance", "count_instance", "end", "end_instance", "leave_instance"]

MOST = 10_000
"""Instances of one activity."""
COUNTER = "loopCounter"


def begin(run: Run, scope: int, node: Node, token: Token | None, waits: list[WaitState]) -> None:
    """Begin an activity that is done more than once, or pass it if it is to be done no time.

    Raises:
        Fault: how often cannot be said.
    """
    spec = _spec(node)
    count, items = _planned(run, scope, node, spec)
    if count == 0 or (spec.kind == "loop" and spec.tests_before and not _again(run, scope, node, None, 0)):
        if spec.output and not run.ignores_data:
            run.assign(scope, {spec.output: ()})
        perform_done(run, scope, node, token)
        return
    token_id, kept = (token.id, token.waits) if token else (run.new_id(), ())
    inner = run.new_id()
    values: dict[str, Value] = {"items": items} if items else {}
    if spec.output:
        values["outputs"] = (None,) * (count or 0)
    run.scopes[inner] = Scope(inner, run.scopes[scope].block, scope, token_id, rounds=Rounds(count), kept=Context(values))
    run.owned.add(inner)
    run.rest(scope, Token(token_id, node.index, BLOCK, inner, kept + arm(run, waits, token_id)))
    for _ in range(count or 1 if spec.kind == "parallel" else 1):
        run.send(inner, node)


def _spec(node: Node) -> Repetition:
    if node.repetition is None:
        raise AssertionError(f"{node.id} is done once")
    return node.repetition


def _planned(run: Run, scope: int, node: Node, spec: Repetition) -> tuple[int | None, tuple[Value, ...]]:
    """Return how many instances there are to be (None: a loop says so itself) and the members of the collection."""
    if spec.kind == "loop":
        return None, ()
    if run.ignores_data or spec.is_open:  # one stands for any number: instances share nothing but data and what they throw
        return (1 if _chosen(run, node) else 0), ()
    if spec.collection is not None:
        items = run.value(spec.collection, scope)
        if not isinstance(items, tuple) or len(items) > MOST:
            raise Fault("instances", "EF-K113", most=MOST)
        return len(items), items if spec.item else ()
    number = run.evaluate(spec.cardinality, scope) if spec.cardinality else None
    if not isinstance(number, Decimal) or number != int(number) or not 0 <= number <= MOST:
        raise Fault("instances", "EF-K114", most=MOST)
    return int(number), ()


def _chosen(run: Run, node: Node) -> bool:
    """Return whether whoever chooses wants the activity done (once more).

    Raises:
        Fault: nobody chooses.
    """
    if run.choices is None:
        raise Fault("condition", "EF-K104")
    return run.choices.pick(Options(element=node.id, is_exclusive=True, always=(), conditional=("again",), default="done")) == 0


def begin_instance(run: Run, scope: int, node: Node) -> Token:
    """Return the token of the next instance, with its number and its member of the collection."""
    spec, found = _spec(node), run.own(scope)
    if found.rounds is None:
        raise AssertionError(f"{node.id} is done once")
    total, begun, done = found.rounds
    number = begun + 1
    found.rounds = Rounds(total, number, done)
    local: dict[str, Value] = {COUNTER: Decimal(number)}
    if spec.item:
        items = found.kept.get("items", ())
        local[spec.item] = items[number - 1] if number <= len(items) else None
    if spec.local_output:
        local[spec.local_output] = None
    if number == total and "items" in found.kept:
        found.kept = Context({name: value for name, value in found.kept.items() if name != "items"})
    token = run.rest(scope, Token(run.new_id(), node.index, WORK, local=Context(local)))
    run.happen("begun", node.id, token.id)
    return token


def end_instance(run: Run, scope: int, node: Node, token: Token) -> None:
    """Note that an instance is done; one that throws then is left when it has done so.

    Raises:
        Fault: what it yields, or whether that completes the activity, cannot be said.
    """
    if _spec(node).throws:
        run.rest(scope, Token(token.id, node.index, WAIT, 0, token.waits, None, token.local))
        run.ending.append((scope, token.id))
        run.is_changed = True
    else:
        leave_instance(run, scope, node, token, is_complete=count_instance(run, scope, node, token))


def count_instance(run: Run, scope: int, node: Node, token: Token) -> bool:
    """Count an instance as done, keep what it yields, and return whether that completes the activity.

    Raises:
        Fault: one of both cannot be said; then nothing is counted or kept.
    """
    spec, found = _spec(node), run.own(scope)
    before, kept = found.rounds, found.kept
    if before is None:
        raise AssertionError(f"{node.id} is done once")
    rounds = found.rounds = Rounds(before.total, before.begun, before.done + 1)
    try:
        found.kept = _kept(run, scope, spec, token)
        is_complete = _is_complete(run, scope, node, token, rounds)
    except Fault:
        found.rounds, found.kept = before, kept
        raise
    return is_complete


def leave_instance(run: Run, scope: int, node: Node, token: Token, *, is_complete: bool) -> None:
    """Leave an instance; begin the next, or cancel those that are left if the activity is complete."""
    spec, rounds = _spec(node), run.scopes[scope].rounds
    run.happen("finished", node.id, token.id)
    if node.is_kept and node.content == NONE:
        keep_record(run, scope, Record(node.index, token.local))
    drop(run, scope, token)
    if is_complete:
        clear(run, scope)
    elif rounds is not None and spec.kind != "parallel" and (rounds.total is None or rounds.begun < rounds.total):
        run.send(scope, node)


def _kept(run: Run, scope: int, spec: Repetition, token: Token) -> Context:
    """Return what is kept, with what this instance yields in its place."""
    kept = run.scopes[scope].kept
    if not spec.output or spec.output_item is None or run.ignores_data:
        return kept
    value = run.value(spec.output_item, scope, token)
    outputs, place = kept["outputs"], int(token.local[COUNTER]) - 1
    return Context(kept, outputs=(*outputs[:place], value, *outputs[place + 1 :]))


def _is_complete(run: Run, scope: int, node: Node, token: Token, rounds: Rounds) -> bool:
    spec = _spec(node)
    if spec.kind == "loop":
        return not _again(run, scope, node, token, rounds.done)
    if spec.completion is None or run.ignores_data:
        return False
    return _truth(run.evaluate(spec.completion, scope, token), "EF-K115")


def _again(run: Run, scope: int, node: Node, token: Token | None, done: int) -> bool:
    """Return whether a loop goes on after so many rounds (§13.3.6)."""
    spec = _spec(node)
    if run.ignores_data or spec.is_open:
        return _chosen(run, node)
    if spec.maximum is not None and done >= spec.maximum:
        return False
    if spec.condition is None:
        return True
    local = Context({**(token.local if token else EMPTY), COUNTER: Decimal(done)})
    asking = Token(0, node.index, WORK, local=local)
    return _truth(run.evaluate(spec.condition, scope, asking), "EF-K116")


def _truth(value: Value, code: str) -> bool:
    if not isinstance(value, bool):
        raise Fault("condition", code)
    return value


def end(run: Run, scope: Scope) -> None:
    """Leave the activity: all of its instances are done or cancelled."""
    host = run.scopes[scope.parent].tokens[scope.host]
    node = run.node(host)
    spec = _spec(node)
    del run.scopes[scope.id]
    if spec.output and not run.ignores_data:
        run.assign(scope.parent, {spec.output: scope.kept["outputs"]})
    for record in scope.records:
        keep_record(run, scope.parent, record)
    run.tell(Occurrence("completed", node.id, host.id))
    leave(run, scope.parent, node, host)

# SPDX-License-Identifier: Apache-2.0
"""How tokens leave an element, are taken away, or are parked (BPMN 2.0.2 §13.2, §13.3.2)."""

from __future__ import annotations

import attrs

from egov_flow.data import EMPTY, Value
from egov_flow.kernel.choices import Options, options_of
from egov_flow.kernel.complex_gateways import chosen
from egov_flow.kernel.outputs import incident_of
from egov_flow.kernel.program import NONE, Node
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import INCIDENT, JOB, WORK, Record, Scope, Token, Trouble
from egov_flow.kernel.waiting import forget
from egov_flow.values import JobChange, Occurrence, WorkChange

__all__ = [
    "clear",
    "close_incident",
    "close_scope",
    "complete_adhoc",
    "disarm",
    "drop",
    "go",
    "interrupt",
    "keep_record",
    "leave",
    "park",
    "perform_done",
]


def choose(run: Run, scope: int, node: Node) -> tuple[int, ...]:
    """Return the outgoing flows that a token takes.

    Raises:
        Fault: a condition yields no boolean, none holds and there is no default, or one is open and nobody chooses.
    """
    if node.joining is not None:
        return chosen(run, scope, node, starts=True)
    if run.choices is not None and (node.is_open or run.choices.ignores_data):
        options = options_of(run.program, node)
        return tuple(run.program.flow_index[f] for f in options.flows(run.choices.pick(options)))
    if node.is_open:
        raise Fault("condition", "EF-K104")
    return _exclusive(run, scope, node) if node.action == "exclusive" else _inclusive(run, scope, node)


def _exclusive(run: Run, scope: int, node: Node) -> tuple[int, ...]:
    """Return the first flow whose condition holds (§13.4.2): later conditions are not evaluated."""
    for flow in node.outgoing:
        if flow != node.default and _holds(run, scope, flow):
            return (flow,)
    if node.default != NONE:
        return (node.default,)
    raise Fault("condition", "EF-K102")


def _inclusive(run: Run, scope: int, node: Node) -> tuple[int, ...]:
    """Return every flow whose condition holds, and those without one (§13.4.3, §13.3.2); the default if no condition holds."""
    taken = [f for f in node.outgoing if f != node.default and _holds(run, scope, f)]
    if any(run.program.flows[f].is_conditional for f in taken):
        return tuple(taken)
    if node.default != NONE:
        return (*taken, node.default)
    if taken:
        return tuple(taken)
    raise Fault("condition", "EF-K102")


def _holds(run: Run, scope: int, flow: int) -> bool:
    found = run.program.flows[flow]
    if found.condition is None:
        return True
    value: Value = run.evaluate(found.condition, scope)
    if value is None:
        raise Fault("condition", "EF-K100", flow=found.id)
    if not isinstance(value, bool):
        raise Fault("condition", "EF-K101", flow=found.id)
    return value


def go(run: Run, scope: int, flow: int) -> None:
    """Take a sequence flow."""
    program = run.program
    run.tell(program.flows[flow].taken)
    run.send(scope, program.ahead[flow], flow)


def leave(run: Run, scope: int, node: Node, token: Token | None = None) -> None:
    """Leave an element over the flows that are to be taken; the token that rested there, if any, is gone then.

    If they cannot be chosen the token is parked: the element is done, only its outgoing flows are still to be chosen.
    """
    flows, is_over = node.outgoing, False
    if node.is_adhoc:
        try:
            is_over = _completes(run, scope, node)
        except Fault as fault:
            park(run, scope, node, fault, redo="leave", token=token)
            return
    if node.is_choice:
        try:
            flows = choose(run, scope, node)
        except Fault as fault:
            park(run, scope, node, fault, redo="leave", token=token)
            return
    if token is not None:
        _take(run, scope, token)
    if not flows:
        run.touched[scope] = None
    for flow in flows if node.gives == 1 else [f for f in flows for _ in range(node.gives)]:
        go(run, scope, flow)
    if is_over:
        complete_adhoc(run, scope)


def _completes(run: Run, scope: int, node: Node) -> bool:
    """Return whether an ad-hoc sub-process is complete now that an activity in it is done (§13.3.5).

    Raises:
        Fault: the completion condition yields no boolean, or is open and nobody chooses.
    """
    spec = run.program.blocks[node.block].adhoc
    if spec is None or spec.is_ended_by_people or run.scopes[scope].is_closing:
        return False
    if run.choices is not None and (run.ignores_data or spec.completion is None):
        block = run.program.blocks[node.block].id
        return run.choices.pick(Options(element=block, is_exclusive=True, always=(), conditional=("more",), default="complete")) == 1
    if spec.completion is None:
        raise Fault("condition", "EF-K104")
    value = run.evaluate(spec.completion, scope)
    if not isinstance(value, bool):
        raise Fault("condition", "EF-K118")
    return value


def complete_adhoc(run: Run, scope: int) -> None:
    """Complete an ad-hoc sub-process: nothing more is begun in it, and what runs is cancelled or awaited."""
    spec = run.program.blocks[run.scopes[scope].block].adhoc
    run.own(scope).is_closing = True
    if spec is not None and spec.cancels:
        clear(run, scope)
    run.touched[scope] = None


def perform_done(run: Run, scope: int, node: Node, token: Token | None = None) -> None:
    """Note that an element is done, and leave it."""
    run.tell(node.done if token is None else Occurrence(node.done.kind, node.id, token.id))
    if node.is_kept and node.repetition is None and node.content == NONE:
        keep_record(run, scope, Record(node.index))
    leave(run, scope, node, token)


def keep_record(run: Run, scope: int, record: Record) -> None:
    """Keep that an activity was done, so that it can be compensated; what compensates is not compensated itself."""
    own = run.own(scope)
    if own.undoing is None:
        own.records = (*own.records, record)


def park(run: Run, scope: int, node: Node, fault: Fault, *, redo: str, token: Token | None = None, flow: int = NONE) -> None:
    """Park a token as an incident; it keeps its id, and its waits while the element may still be interrupted (`redo="body"`)."""
    trouble = Trouble(fault.trouble, fault.code, fault.arguments, redo, run.utc, flow)
    waits: tuple[int, ...] = ()
    if token is not None:
        waits = token.waits if redo == "body" else ()
        disarm(run, token, keep=waits)
    local = token.local if token else EMPTY
    parked = Token(token.id if token else run.new_id(), node.index, INCIDENT, 0, waits, trouble, local)
    run.rest(scope, parked)
    run.happen("incident", node.id, parked.id, fault.trouble)
    run.outputs.add_incident(incident_of(parked, trouble, node.id))


def close_incident(run: Run, token: Token) -> None:
    """Note that a token's incident has ended."""
    if token.trouble is not None:
        incident = incident_of(token, token.trouble, run.node(token).id)
        run.outputs.add_incident(attrs.evolve(incident, closed=run.utc))


def disarm(run: Run, token: Token, *, keep: tuple[int, ...] = ()) -> None:
    """End a token's waits, but for those to keep."""
    for wait in token.waits:
        if wait not in keep:
            forget(run, wait)


def close_scope(run: Run, scope: Scope) -> None:
    """End the waits of a scope's event sub-processes."""
    for wait in scope.waits:
        forget(run, wait)
    if scope.waits:
        run.own(scope.id).waits = ()


def drop(run: Run, scope: int, token: Token) -> None:
    """Take a token out of its scope, which may have ended thereby."""
    _take(run, scope, token)
    run.touched[scope] = None


def _take(run: Run, scope: int, token: Token) -> None:
    if token.waits:
        disarm(run, token)
    del run.own(scope).tokens[token.id]


def interrupt(run: Run, scope: int, token: Token) -> None:
    """Take a token away before its element is done, with everything that runs inside it (§13.5.3)."""
    _withdraw(run, token)
    drop(run, scope, token)
    inside = [token.child] if token.child else []
    while inside:
        inner = run.scopes[inside.pop()]
        close_scope(run, inner)
        del run.scopes[inner.id]
        _cancel_arrivals(run, inner.id)
        for found in inner.tokens.values():
            _withdraw(run, found)
            disarm(run, found)
            if found.child:
                inside.append(found.child)


def _withdraw(run: Run, token: Token) -> None:
    node = run.node(token)
    run.happen("withdrawn", node.id, token.id)
    if token.phase == WORK:
        run.outputs.add_work(WorkChange("withdrawn", token.id, node.id))
    elif token.phase == JOB:
        run.outputs.add_job(JobChange("withdrawn", token.id, node.id, node.handler))
    elif token.phase == INCIDENT:
        close_incident(run, token)


def clear(run: Run, scope: int) -> None:
    """Take every token out of a scope, also those under way, and end its waits; the scope itself stays (terminate, cancel, interruption)."""
    found = run.own(scope)
    close_scope(run, found)
    for token in tuple(found.tokens.values()):
        interrupt(run, scope, token)
    found.joins.clear()
    found.resets = ()
    _cancel_arrivals(run, scope)
    run.touched[scope] = None


def _cancel_arrivals(run: Run, scope: int) -> None:
    for key in [k for k in run.inclusive if k[0] == scope]:
        del run.inclusive[key]
    if run.underway.pop(scope, 0):
        for queue in (run.queue, run.late):
            kept = [arrival for arrival in queue if arrival[0] != scope]
            queue.clear()
            queue.extend(kept)

# SPDX-License-Identifier: Apache-2.0
"""Stepping: tokens enter elements one after the other until nothing can move.

First in, first out; elements that throw are entered when nothing else is under way, inclusive joins decide when no token is. Nothing here recurses, so
neither nesting nor the length of a run is limited by anything but fuel.
"""

from __future__ import annotations

from collections.abc import Callable

from egov_flow.data import EMPTY, Context
from egov_flow.kernel import activities, compensation, data_sets, events, gateways, instance_events, rounds, throwing
from egov_flow.kernel.catching import look_at_conditions
from egov_flow.kernel.finishing import finish
from egov_flow.kernel.moving import close_scope, keep_record, park, perform_done
from egov_flow.kernel.program import NONE, Node
from egov_flow.kernel.run import Fault, Run, Underway
from egov_flow.kernel.state import ROOT, Record, Scope, Token
from egov_flow.values import Occurrence

__all__ = ["perform", "settle"]

PERFORM: dict[str, Callable[[Run, int, Node, Token | None], None]] = {
    "all": throwing.perform_all,
    "abstract": activities.perform_abstract,
    "block": activities.perform_block,
    "cancel": compensation.perform_cancel,
    "catch": events.perform_catch,
    "complex": perform_done,
    "compensate": compensation.perform_compensate,
    "event_gateway": gateways.perform_event_gateway,
    "exclusive": perform_done,
    "inclusive": perform_done,
    "job": activities.perform_job,
    "parallel": perform_done,
    "link": events.perform_link,
    "pass": events.perform_pass,
    "raise": events.perform_raise,
    "receive": activities.perform_receive,
    "rounds": activities.perform_rounds,
    "script": activities.perform_script,
    "signal": events.perform_signal,
    "terminate": events.perform_terminate,
    "throw": events.perform_throw,
    "work": activities.perform_work,
}


def perform(run: Run, scope: int, node: Node, token: Token | None = None) -> None:
    """Perform an element; a fault parks the token before it. `token` is one that was parked there and tries again, or that of an instance."""
    action = node.action
    if node.body and run.scopes[scope].rounds is not None:
        action = node.body
    if node.input_sets and action != "rounds":
        begun = data_sets.with_inputs(run, scope, node, token)
        if begun is None:
            return
        node = begun
    try:
        PERFORM[action](run, scope, node, token)
    except Fault as fault:
        park(run, scope, node, fault, redo="enter", token=token)


def settle(run: Run, entries: int | None = None) -> None:
    """Move tokens until none can move, or until `entries` elements were entered; then the rest stays under way in the state."""
    left = -1 if entries is None else entries
    while True:
        if run.touched:
            _end_scopes(run)
        if run.is_changed:
            _look_at_conditions(run)
            continue
        underway = run.queue or run.late
        if underway:
            if left == 0:
                return
            left -= 1
            _enter(run, underway.popleft())
            continue
        if run.inclusive and run.program.complexes and gateways.resets(run):
            continue
        ready = gateways.ready_inclusive(run) if run.inclusive else None
        if ready is None:
            break
        perform(run, *ready)
    _park_stuck(run)


def _look_at_conditions(run: Run) -> None:
    """Let instances throw that are done, and look at what events and complex gateways wait for; variables may have been written."""
    while run.ending:
        instance_events.throw(run, *run.ending.pop(0))
    look_at_conditions(run)
    if run.program.has_input_sets:
        for found in data_sets.begins_now(run):
            perform(run, *found)
    if run.program.complexes:
        for scope, node in gateways.activated(run):
            perform(run, scope, node)


def _enter(run: Run, arrival: Underway) -> None:
    scope, node, flow = arrival
    run.underway[scope] -= 1
    run.fuel -= 1
    if run.fuel < 0:
        park(run, scope, node, Fault("fuel", "EF-K105"), redo="arrive", flow=flow)
    elif (told := run.program.straight[node.index]) is not None:
        _pass(run, scope, node, told)
    elif node.body and run.scopes[scope].rounds is not None:
        perform(run, scope, node, rounds.begin_instance(run, scope, node))
    elif not node.is_join:
        run.tell(node.entered)
        perform(run, scope, node)
    elif node.takes == 1:
        run.tell(node.entered)
        if gateways.arrives(run, scope, node, flow):
            perform(run, scope, node)
    elif gateways.arrives(run, scope, node, flow):
        run.tell(node.entered)
        perform(run, scope, node)


def _pass(run: Run, scope: int, node: Node, told: tuple[Occurrence, ...]) -> None:
    """Let a token pass an element at which nothing can happen: the same as to perform and leave it, and half the work."""
    run.outputs.occurrences += told
    for flow in node.outgoing:
        run.send(scope, run.program.ahead[flow], flow)
    if not node.outgoing:
        run.touched[scope] = None


def _end_scopes(run: Run) -> None:
    """End every scope in which nothing is left; that may end the one around it."""
    while run.touched:
        scope = run.scopes.get(run.touched.popitem()[0])
        if scope is not None and not (scope.tokens or scope.joins or scope.resets or run.underway.get(scope.id) or _is_open(run, scope)):
            _end(run, scope)


def _is_open(run: Run, scope: Scope) -> bool:
    """Return whether people may still begin something in a scope, though nothing runs in it."""
    return scope.is_own and scope.undoing is None and run.program.blocks[scope.block].adhoc is not None and not scope.is_closing


def _end(run: Run, scope: Scope) -> None:
    if scope.undoing is not None:
        compensation.go_on(run, scope)
        return
    close_scope(run, scope)
    if scope.id == ROOT:
        if run.status == "running":
            run.status = "completed"
            run.happen("completed", run.program.blocks[scope.block].id)
        return
    if scope.rounds is not None:
        rounds.end(run, scope)
        return
    del run.scopes[scope.id]
    host = run.scopes[scope.parent].tokens[scope.host]
    node = run.node(host)
    if node.is_kept:
        keep_record(run, scope.parent, _record(run, node, host, scope))
    finish(run, scope.parent, node, host, scope.variables if node.outputs else EMPTY)


def _record(run: Run, node: Node, host: Token, scope: Scope) -> Record:
    """Return what compensation must know of a sub-process or call: what was done inside, and its variables unless a handler outside compensates it."""
    own = host.local if run.scopes[scope.parent].rounds is not None else EMPTY
    if node.compensator != NONE:
        return Record(node.index, own)
    return Record(node.index, Context({**own, **scope.variables}), scope.records)


def _park_stuck(run: Run) -> None:
    """Park the tokens of joins that can never complete: nothing else is left in their scope (§13.4.1 waits for ever)."""
    for scope_id in sorted(run.scopes if run.is_resumed else run.owned):
        found = run.scopes.get(scope_id)
        if found is None or not found.joins or found.tokens or _is_open(run, found):
            continue
        scope = run.own(scope_id)
        joins, scope.joins = scope.joins, {}
        for index, counts in joins.items():
            if run.program.nodes[index].joining is None:  # a complex gateway may wait for reset without a token
                run.inclusive.pop((scope_id, index), None)
            arrivals = [flow for flow, count in counts.items() for _ in range(count)]
            for flow in arrivals:
                park(run, scope_id, run.program.nodes[index], Fault("stuck", "EF-K109"), redo="arrive", flow=flow)

# SPDX-License-Identifier: Apache-2.0
"""Seeded faults: each changes one rule of the kernel, in this process only, and at least one corner case turns red.

A fault that no case notices would show that the suite is blind to that rule.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import attrs
import pytest
from tests.corners.corner import Corner, played
from tests.corners.test_corners import CASES

from egov_flow.bpmn import links
from egov_flow.kernel import (
    activities,
    beginning,
    catching,
    compiling,
    data_sets,
    events,
    gateways,
    moving,
    raising,
    reachability,
    rounds,
    stepping,
    throwing,
    together,
)
from egov_flow.kernel.program import NONE, PARALLEL, Block
from egov_flow.kernel.run import Run
from egov_flow.kernel.state import ROOT

BY_NAME = {case.name: case for case in CASES}
Seed = Callable[[pytest.MonkeyPatch], None]


def without_the_green_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_blocked(run, scope, node):
        found = run.scopes[scope]
        red = 0
        for flow in node.incoming:
            red |= 0 if flow in found.joins[node.index] else node.reach[flow]
        return any(run.program.nodes[t.node].bit & red for t in found.tokens.values() if t.node != node.index)

    monkeypatch.setattr(gateways, "_is_blocked", is_blocked)


def without_boundary_events_upstream(monkeypatch: pytest.MonkeyPatch) -> None:
    original = reachability._mask

    def mask(nodes, flows, join, start, throws):
        return original([attrs.evolve(n, host=NONE) for n in nodes], flows, join, start, throws)

    monkeypatch.setattr(reachability, "_mask", mask)


def without_links_upstream(monkeypatch: pytest.MonkeyPatch) -> None:
    original = reachability._mask
    monkeypatch.setattr(reachability, "_mask", lambda nodes, flows, join, start, _: original(nodes, flows, join, start, {}))


def joins_that_do_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateways, "arrives", lambda *_: True)


def joins_that_lose_what_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def consume(run, scope, node):
        del run.own(scope).joins[node.index]
        run.touched[scope] = None

    monkeypatch.setattr(gateways, "_consume", consume)


def throws_in_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "LATE", frozenset())


def interruptions_that_leave_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching, "interrupt", moving.drop)


def boundary_events_that_never_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching, "interrupt", lambda *_: None)


def every_error_before_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    original = raising.catcher

    def catcher(program, scopes, kind, code, scope, token):  # noqa: PLR0917
        return original(program, scopes, kind, "", scope, token) or original(program, scopes, kind, code, scope, token)

    monkeypatch.setattr("egov_flow.kernel.commands.catcher", catcher)
    monkeypatch.setattr(events, "catcher", catcher)


def event_sub_processes_that_catch_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    def levels(program, scopes, scope, token):
        while True:
            found = scopes[scope]
            yield [raising.Catcher(program.nodes[i], scope) for i in program.blocks[found.block].handlers]
            if not found.parent:
                return
            host = scopes[found.parent].tokens[found.host]
            scope = found.parent
            yield raising._border(program, scope, host)

    monkeypatch.setattr(raising, "_levels", levels)


def the_border_before_event_sub_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    original = raising._levels
    monkeypatch.setattr(raising, "_levels", lambda *a: reversed(list(original(*a))))


def messages_that_are_awaited_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching, "STAYS", frozenset())


def conditions_without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(run):
        run.is_changed = False
        for wait in [w for w in run.waits.values() if w.kind == "condition"]:
            if wait.id in run.waits and catching._holds(run, wait):
                catching.fire(run, wait)

    monkeypatch.setattr(stepping, "look_at_conditions", look)


def instances_that_are_never_complete_early(monkeypatch: pytest.MonkeyPatch) -> None:
    original = rounds._is_complete

    def is_complete(run, scope, node, token, counts):
        return node.repetition.kind == "loop" and original(run, scope, node, token, counts)

    monkeypatch.setattr(rounds, "_is_complete", is_complete)


def outputs_in_the_order_of_completion(monkeypatch: pytest.MonkeyPatch) -> None:
    original = rounds.begin_instance

    def begin_instance(run, scope, node):
        found = original(run, scope, node)
        return run.rest(scope, found._replace(local=type(found.local)(found.local, loopCounter=type(found.local["loopCounter"])(1))))

    monkeypatch.setattr(rounds, "begin_instance", begin_instance)


def calls_that_see_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Run, "is_closed", lambda _, scope: not scope.parent)


def terminate_that_ends_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(stepping.PERFORM, "terminate", lambda run, *_: moving.clear(run, ROOT))


def signals_for_the_first_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def broadcast(run, name, data):
        found = [w for w in run.waits.values() if w.kind == "signal" and w.name == name][:1]
        for wait in found:
            catching.fire(run, wait, data)
        return len(found)

    monkeypatch.setattr("egov_flow.kernel.commands.broadcast", broadcast)
    monkeypatch.setattr(events, "broadcast", broadcast)


def scopes_that_end_with_their_first_token(monkeypatch: pytest.MonkeyPatch) -> None:
    original = moving._take

    def take(run, scope, token):
        original(run, scope, token)
        if scope != ROOT and not run.underway.get(scope):
            moving.clear(run, scope)

    monkeypatch.setattr(moving, "_take", take)


def a_condition_that_yields_null_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    def holds(run, scope, flow):
        found = run.program.flows[flow]
        return found.condition is None or run.evaluate(found.condition, scope) is True

    monkeypatch.setattr(moving, "_holds", holds)


def parts_that_are_enough_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching, "gathered", lambda run, wait, data: data)


def what_came_before_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    original = together.gathered
    monkeypatch.setattr(catching, "gathered", lambda run, wait, data: None if original(run, wait, data) is None else data)


def events_that_wait_for_all_once_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "_again", lambda *_: None)


def multiple_events_that_need_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "MULTIPLE", PARALLEL)


def conditions_of_the_first_part_only(monkeypatch: pytest.MonkeyPatch) -> None:
    original = catching._holds
    monkeypatch.setattr(catching, "_holds", lambda run, wait: wait.part == 0 and original(run, wait))


def events_that_throw_the_first_only(monkeypatch: pytest.MonkeyPatch) -> None:
    original = throwing.perform_all

    def perform_all(run, scope, node, token):
        original(run, scope, attrs.evolve(node, trigger=attrs.evolve(node.trigger, parts=node.trigger.parts[:1])), token)

    monkeypatch.setitem(stepping.PERFORM, "all", perform_all)


def several_thrown_in_the_order_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "THROW_ORDER", {})


def errors_that_are_looked_for_after_the_throw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throwing, "_must_be_caught", lambda *_: None)


def parallel_beginnings_that_await_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginning, "_await_the_others", lambda *_: None)


def beginnings_of_one_group_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "Block", lambda **found: Block(**{**found, "groups": ()}))


def processes_that_are_there_before_all_messages_came(monkeypatch: pytest.MonkeyPatch) -> None:
    original = beginning.begin_with_one

    def begin_with_one(run, scope, node, message):
        original(run, scope, node, message)
        activities.open_scope(run, run.own(scope.id))

    monkeypatch.setattr(import_module("egov_flow.kernel.step"), "begin_with_one", begin_with_one)


def activities_that_do_not_wait_for_data(monkeypatch: pytest.MonkeyPatch) -> None:
    original = data_sets._first
    monkeypatch.setattr(data_sets, "_first", lambda sets, there: original(sets, there) or sets[0])


def outputs_of_every_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("egov_flow.kernel.finishing.chosen_outputs", lambda node, _: node.outputs)


def links_that_are_paired_by_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_is_pair", lambda thrown, caught: thrown.name == caught.name)


def beginnings_that_await_messages_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    original = beginning.plan
    monkeypatch.setattr(beginning, "plan", lambda *a: [w for w in original(*a) if w.kind == "message"])


MUTANTS: dict[Seed, str] = {
    links_that_are_paired_by_name_alone: "link_by_reference",
    beginnings_that_await_messages_alone: "all_start_waits_for_a_time",
    activities_that_do_not_wait_for_data: "sets_none_is_there",
    outputs_of_every_set: "sets_out_the_first_that_is_whole",
    parts_that_are_enough_alone: "all_catch_one_is_not_enough",
    what_came_before_is_lost: "all_catch_brings_what_each_brought",
    events_that_wait_for_all_once_only: "all_boundary_beside_again_and_again",
    multiple_events_that_need_all: "any_catch_message",
    conditions_of_the_first_part_only: "any_catch_condition",
    events_that_throw_the_first_only: "throw_several_reach_a_parallel_branch",
    several_thrown_in_the_order_drawn: "throw_several_ends_with_what_interrupts",
    errors_that_are_looked_for_after_the_throw: "end_error_that_nothing_catches_throws_nothing",
    parallel_beginnings_that_await_nothing_more: "begins_and_all_others_are_awaited",
    beginnings_of_one_group_only: "begins_by_the_other_gateway",
    processes_that_are_there_before_all_messages_came: "all_start_arms_nothing_before",
    without_the_green_rule: "or_join_does_not_wait_for_a_token_that_may_come_either_way",
    without_boundary_events_upstream: "or_join_waits_for_a_boundary_event",
    without_links_upstream: "or_join_waits_for_a_link",
    joins_that_do_not_wait: "and_join_waits",
    joins_that_lose_what_is_over: "and_join_keeps_surplus",
    throws_in_their_turn: "thrown_signal_reaches_a_parallel_branch",
    interruptions_that_leave_the_inside: "instances_interrupted_all",
    boundary_events_that_never_interrupt: "boundary_timer",
    every_error_before_its_own_code: "specific_error_before_every_error",
    event_sub_processes_that_catch_themselves: "esp_error_does_not_catch_itself",
    the_border_before_event_sub_processes: "esp_comes_before_the_boundary",
    messages_that_are_awaited_once: "boundary_message_beside",
    conditions_without_memory: "boundary_condition_on_each_rise",
    instances_that_are_never_complete_early: "instances_complete_early",
    outputs_in_the_order_of_completion: "instances_outputs_in_order",
    calls_that_see_the_caller: "call_passes_in_only_what_is_mapped",
    terminate_that_ends_everything: "sub_terminate_ends_only_it",
    signals_for_the_first_only: "signal_reaches_all",
    scopes_that_end_with_their_first_token: "sub_waits_for_all",
    a_condition_that_yields_null_is_false: "xor_null_is_no_answer",
}
"""Each fault with the corner case that must notice it."""


def is_red(case: Corner) -> bool:
    """Return whether a corner case fails."""
    try:
        return played(case) != case.trace
    except Exception:  # noqa: BLE001 - whatever a faulty kernel raises, the case is red
        return True


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_seeded_fault_turns_its_corner_case_red(mutant: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    case = BY_NAME[MUTANTS[mutant]]
    assert not is_red(case), "it is green without the fault"
    mutant(monkeypatch)

    assert is_red(case)


def test_there_are_at_least_eight() -> None:
    assert len(MUTANTS) >= 8

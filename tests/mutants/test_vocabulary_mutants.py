# SPDX-License-Identifier: Apache-2.0
"""Seeded faults in compensation, transactions, ad-hoc sub-processes, complex gateways, quantities and the behaviors of instances.

Each is noticed by the corner case that is named with it.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest
from tests.mutants.test_kernel_mutants import BY_NAME, is_red

from egov_flow.kernel import compensation, compiling, complex_gateways, events, gateways, instance_events, moving, rounds, undoing
from egov_flow.kernel.state import Record, Undoing

Seed = Callable[[pytest.MonkeyPatch], None]


def compensation_in_the_order_of_completion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compensation, "Undoing", lambda todo, *rest: Undoing(todo[::-1], *rest))


def compensation_that_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    original = compiling._Compiler.trigger

    def trigger(self, node):
        found = original(self, node)
        return attrs.evolve(found, waits=False) if found is not None else None

    monkeypatch.setattr(compiling._Compiler, "trigger", trigger)


def cancelling_without_compensation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compensation, "Undoing", lambda todo, then, *rest: Undoing(() if then == "cancel" else todo, then, *rest))


def cancelling_that_forgets_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compensation, "done_inside_all", lambda *_: ())


def errors_that_undo_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "undo_what_is_left", lambda *_: False)


def errors_that_undo_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    original = compiling._Compiler.node

    def node(self, index, block, drawn, flows):
        found = original(self, index, block, drawn, flows)
        return attrs.evolve(found, kind="subProcess") if found.kind == "transaction" else found

    monkeypatch.setattr(compiling._Compiler, "node", node)


def handlers_for_what_was_never_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "Record", lambda *given, **_: Record(*given))


def instances_undone_with_the_variables_of_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "Record", lambda node, _: Record(node))


def handlers_that_are_undone_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    def keep(run, scope, record):
        own = run.own(scope)
        own.records = (*own.records, record, record)

    monkeypatch.setattr(moving, "keep_record", keep)


def ad_hoc_activities_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    original = compiling.AdHoc
    monkeypatch.setattr(compiling, "AdHoc", lambda **k: original(**{**k, "is_sequential": False}))


def ad_hoc_sub_processes_that_await_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    original = compiling.AdHoc
    monkeypatch.setattr(compiling, "AdHoc", lambda **k: original(**{**k, "cancels": True}))


def ad_hoc_sub_processes_that_end_at_the_first_activity(monkeypatch: pytest.MonkeyPatch) -> None:
    original = moving._completes
    monkeypatch.setattr(
        moving, "_completes", lambda run, scope, node: run.program.blocks[node.block].adhoc.is_ended_by_people or original(run, scope, node)
    )


def ad_hoc_sub_processes_that_people_end_whatever_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    original = compiling.AdHoc
    monkeypatch.setattr(compiling, "AdHoc", lambda **k: original(**{**k, "is_ended_by_people": True}))


def complex_gateways_that_never_reset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateways, "resets", lambda _: False)


def complex_gateways_that_reset_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateways, "_is_blocked", lambda *_: False)


def complex_gateways_that_forget_what_started_them(monkeypatch: pytest.MonkeyPatch) -> None:
    original = gateways.begin_reset
    monkeypatch.setattr(gateways, "begin_reset", lambda run, scope, node, _: original(run, scope, node, ()))


def complex_gateways_that_do_not_know_their_state(monkeypatch: pytest.MonkeyPatch) -> None:
    original = complex_gateways.chosen
    monkeypatch.setattr(gateways, "chosen", lambda run, scope, node, **_: original(run, scope, node, starts=True))


def complex_gateways_that_count_flows_not_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complex_gateways, "sum", len, raising=False)


def quantities_that_nobody_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    original = compiling.Node
    monkeypatch.setattr(compiling, "Node", lambda **k: original(**{**k, "takes": 1, "gives": 1}))


def the_first_instance_is_every_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance_events, "_is_due", lambda *_: True)


MUTANTS: dict[Seed, str] = {
    compensation_in_the_order_of_completion: "undo_all_in_reverse_order",
    compensation_that_does_not_wait: "undo_waits_for_the_handler",
    cancelling_without_compensation: "transaction_cancelled",
    cancelling_that_forgets_what_runs: "transaction_cancelled_undoes_what_is_inside_a_sub_that_runs",
    errors_that_undo_nothing: "error_undoes_what_it_leaves",
    errors_that_undo_transactions: "transaction_hazard",
    handlers_for_what_was_never_done: "error_undoes_inside_not_by_the_handler_outside",
    instances_undone_with_the_variables_of_the_case: "undo_each_instance_of_a_task_with_its_own_member",
    handlers_that_are_undone_themselves: "undo_only_once",
    ad_hoc_activities_all_at_once: "adhoc_refuses_a_second_at_the_same_time",
    ad_hoc_sub_processes_that_await_nobody: "adhoc_awaits_what_runs",
    ad_hoc_sub_processes_that_end_at_the_first_activity: "adhoc_people_end_it",
    ad_hoc_sub_processes_that_people_end_whatever_they_say: "adhoc_people_do_not_end_what_has_a_condition",
    complex_gateways_that_never_reset: "complex_starts_again_after_the_reset",
    complex_gateways_that_reset_at_once: "complex_reset_consumes_what_comes_late",
    complex_gateways_that_forget_what_started_them: "complex_starts_at_once_with_what_was_left",
    complex_gateways_that_do_not_know_their_state: "complex_gives_by_its_state",
    complex_gateways_that_count_flows_not_tokens: "complex_counts_tokens_not_flows",
    quantities_that_nobody_counts: "quantity_begins_with_two",
    the_first_instance_is_every_instance: "behavior_one_throws_for_the_first",
}
"""Each fault with the corner case that must notice it."""


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_seeded_fault_turns_its_corner_case_red(mutant: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    case = BY_NAME[MUTANTS[mutant]]
    assert not is_red(case), "it is green without the fault"
    mutant(monkeypatch)

    assert is_red(case)

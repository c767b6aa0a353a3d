# SPDX-License-Identifier: Apache-2.0
"""The second look at an operation: the possible orders of work before and after are compared on the kernel."""

from __future__ import annotations

import attrs
import pytest

from egov_flow.redesign.contract import contract_of
from egov_flow.redesign.operations import perform

PARALLEL, REMOVE = "parallelise: [Task_Check, Task_Inspect]", "remove: Task_Copy"


@pytest.mark.parametrize("change", [PARALLEL, REMOVE])
def test_an_operation_keeps_its_promise(office, permit, change):
    (contract,) = office.apply(permit, change).contracts

    assert contract.holds is True


def test_the_opposite_of_making_parallel_loses_an_order_and_shows_it(office, permit):
    change = office.redesign(permit, PARALLEL).changes[0]
    contract = contract_of(perform(permit, change), permit, change)

    assert contract.holds is False
    assert contract.witness.index("Task_Inspect") < contract.witness.index("Task_Check")


def test_a_removal_that_also_makes_steps_parallel_is_noticed(office, permit):
    removal, parallel = (office.redesign(permit, change).changes[0] for change in (REMOVE, PARALLEL))
    contract = contract_of(permit, perform(perform(permit, removal), parallel), removal)

    assert contract.holds is False


def test_a_deadline_that_touches_the_diagram_is_noticed(office, permit):
    change = office.redesign(permit, "deadline: {name: decision, amount: 7}, legal_basis: ACT-5").changes[0]

    assert contract_of(permit, perform(permit, change), change).holds is True
    assert contract_of(permit, perform(permit, office.redesign(permit, REMOVE).changes[0]), change).holds is False


def test_what_cannot_be_explored_is_not_verified(office, permit):
    change = office.redesign(permit, REMOVE).changes[0]
    ad_hoc = attrs.evolve(permit, process_id="", sha256="0" * 64)

    assert contract_of(ad_hoc, ad_hoc, change).holds is None

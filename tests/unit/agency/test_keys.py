# SPDX-License-Identifier: Apache-2.0
"""An idempotency key: the same call again returns the first result, another call is a conflict."""

from __future__ import annotations

import pytest
from tests.unit.agency.conftest import CITIZEN, CLERK, PERMIT

from egov_flow.agency import Agency, Case
from egov_flow.errors import ConflictError
from egov_flow.values import SYSTEM


def test_a_repeated_start_returns_the_first_case(agency: Agency) -> None:
    first = agency.start("permit", {"street": "Canal 5"}, by=CITIZEN, key="web-1")
    again = agency.start("permit", {"street": "Canal 5"}, by=CITIZEN, key="web-1")
    assert again == first
    assert len(agency.cases(by=SYSTEM)) == 1


def test_a_key_with_other_data_is_a_conflict(agency: Agency) -> None:
    agency.start("permit", {"street": "Canal 5"}, by=CITIZEN, key="web-1")
    with pytest.raises(ConflictError, match="EF-A005"):
        agency.start("permit", {"street": "Canal 6"}, by=CITIZEN, key="web-1")


def test_a_repeated_completion_does_nothing(agency: Agency, a_case: Case) -> None:
    task = a_case.tasks[0]
    first = agency.complete(task.id, {"grant": True}, by=CLERK, key="k")
    assert agency.complete(task.id, {"grant": True}, by=CLERK, key="k") == first
    with pytest.raises(ConflictError):
        agency.complete(task.id, {"grant": False}, by=CLERK, key="k")


def test_a_repeated_message_does_nothing(agency: Agency, a_case: Case) -> None:
    agency.complete(a_case.tasks[0].id, by=CLERK)
    first = agency.send("Payment received", {"amount": 1}, correlate={"number": a_case.number}, by=SYSTEM, key="bank-9")
    again = agency.send("Payment received", {"amount": 1}, correlate={"number": a_case.number}, by=SYSTEM, key="bank-9")
    assert again == first


def test_a_key_belongs_to_one_kind_of_command_and_one_tenant(agency: Agency, a_case: Case) -> None:
    agency.start("permit", by=CITIZEN, key="k")
    agency.complete(a_case.tasks[0].id, by=CLERK, key="k")
    other = agency.of("another-agency")
    other.deploy(PERMIT)
    assert other.start("permit", {"street": "elsewhere"}, by=CITIZEN, key="k").status == "running"

# SPDX-License-Identifier: Apache-2.0
"""The audit trail of an agency, and replays of what it recorded."""

from __future__ import annotations

import attrs
from tests.unit.agency.conftest import CLERK, PERMIT

from egov_flow.agency import Agency, Case
from egov_flow.procedure import Procedure
from egov_flow.replaying import replay
from egov_flow.testing import MemoryStore
from egov_flow.values import SYSTEM


def test_an_honest_trail_is_intact(agency: Agency, a_case: Case) -> None:
    agency.complete(a_case.tasks[0].id, {"grant": True}, by=CLERK)
    found = agency.audit.verify()
    assert found.findings == ()
    assert found.cases == 2, "the case's own chain and the registry's"


def test_a_state_put_back_from_an_older_copy_is_found(agency: Agency, a_case: Case) -> None:
    store = agency.wiring.store
    assert isinstance(store, MemoryStore)
    older = store.load("default", a_case.id)
    agency.complete(a_case.tasks[0].id, {"grant": True}, by=CLERK)
    newer = store.load("default", a_case.id)
    assert older is not None
    assert newer is not None
    store._tables["default"].cases[a_case.id] = attrs.evolve(newer, clear=older.clear, payload=older.payload)
    assert [f.code for f in agency.audit.verify().findings] == ["EF-A030"]


def test_the_recorded_commands_give_the_same_state(agency: Agency, a_case: Case) -> None:
    agency.claim(a_case.tasks[0].id, by=CLERK)
    agency.comment(a_case.id, "looks fine", by=CLERK)
    agency.complete(a_case.tasks[0].id, {"grant": True}, by=CLERK)
    agency.send("Payment received", {"amount": 5}, correlate={"number": a_case.number}, by=SYSTEM)
    found = replay(agency.recording(a_case.id, by=SYSTEM), Procedure.read(PERMIT))
    assert (found.outcome, found.reason) == ("same state", "")
    assert found.view is not None
    assert found.view.status == "completed"

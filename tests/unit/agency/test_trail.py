# SPDX-License-Identifier: Apache-2.0
"""The audit trail of an agency, and replays of what it recorded."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs
import pytest
from tests.unit.agency.conftest import CLERK, PERMIT

from egov_flow.agency import Agency, Case
from egov_flow.agency.sealing import place
from egov_flow.data import Context, decode, encode
from egov_flow.errors import StoreError
from egov_flow.procedure import Procedure
from egov_flow.replaying import replay
from egov_flow.testing import MemoryStore
from egov_flow.values import SYSTEM, Recorded


def test_an_honest_trail_is_intact(agency: Agency, a_case: Case) -> None:
    agency.complete(a_case.tasks[0].id, {"grant": True}, by=CLERK)
    found = agency.audit.verify()
    assert found.findings == ()
    assert found.cases == 2, "the case's own chain and the registry's"


def test_who_waits_for_a_verification_hears_of_each_chain_and_each_case(agency: Agency, a_case: Case) -> None:
    looks: list[str] = []
    agency.audit.verify(lambda: looks.append(a_case.id))
    assert len(looks) == 3, "two chains and a case"


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


def retold(agency: Agency, case: str, command: Recorded, grant: bool) -> Recorded:
    """Return a command as somebody would write it who has the case's key and wants it to have said something else."""
    wiring, belongs = agency.wiring, place("default", case, "command", command.number)
    key = wiring.keys.of(wiring.store, "default", frozenset({case}))[case]
    secret = decode(wiring.seal.open(key, command.payload, belongs, case))
    return attrs.evolve(command, payload=wiring.seal.close(key, encode(Context({**secret, "data": {"grant": grant}})), belongs))


@pytest.mark.parametrize(
    ("number", "changed"),
    [
        (3, lambda agency, case, told: told | {3: attrs.evolve(told[3], target="2")}),
        (3, lambda agency, case, told: told | {3: attrs.evolve(told[3], payload=told[2].payload)}),
        (3, lambda agency, case, told: {number: told[number] for number in (1, 2, 4)}),
        (4, lambda agency, case, told: {number: told[number] for number in (1, 2, 3)}),
        (1, lambda agency, case, told: {}),
        (4, lambda agency, case, told: told | {4: retold(agency, case, told[4], grant=False)}),
    ],
    ids=["another target", "another's data", "one deleted", "the last deleted", "all deleted", "other data, by who has the key"],
)
def test_a_command_that_is_not_what_its_event_says_is_found(agency: Agency, a_case: Case, number: int, changed: Any) -> None:
    store = agency.wiring.store
    assert isinstance(store, MemoryStore)
    agency.claim(a_case.tasks[0].id, by=CLERK)
    agency.comment(a_case.id, "looks fine", by=CLERK)
    agency.complete(a_case.tasks[0].id, {"grant": True}, by=CLERK)
    recorded = store._tables["default"].recorded
    recorded[a_case.id] = changed(agency, a_case.id, recorded[a_case.id])

    (finding,) = agency.audit.verify().findings
    assert finding.code == "EF-A060"
    assert finding.arguments["number"] == str(number)


@pytest.mark.parametrize(
    ("asked_for", "when"), [("events", 1), ("events", 3), ("recorded", 1)], ids=["the chain", "the state", "the commands"]
)
def test_what_is_written_while_the_trail_is_verified_is_no_tampering(
    agency: Agency, a_case: Case, asked_for: str, when: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, asked = agency.wiring.store, Counter[str]()
    answer = getattr(store, asked_for)

    def answer_late(tenant: str, case: str) -> Any:
        asked[case] += 1
        if case == a_case.id and asked[case] <= when:  # each time something else: the chain is looked at twice then, before the case
            agency.comment(case, "looks fine", by=CLERK) if asked[case] < when else agency.complete(a_case.tasks[0].id, by=CLERK)
        return answer(tenant, case)

    monkeypatch.setattr(store, asked_for, answer_late)
    assert agency.audit.verify().findings == ()
    assert asked[a_case.id] >= when


def test_a_command_with_another_target_is_not_replayed(agency: Agency, a_case: Case) -> None:
    store = agency.wiring.store
    assert isinstance(store, MemoryStore)
    recorded = store._tables["default"].recorded[a_case.id]
    recorded[1] = attrs.evolve(recorded[1], target="elsewhere")
    with pytest.raises(StoreError, match="EF-A021"):
        agency.recording(a_case.id, by=SYSTEM)


def test_the_recorded_commands_give_the_same_state(agency: Agency, a_case: Case) -> None:
    agency.claim(a_case.tasks[0].id, by=CLERK)
    agency.comment(a_case.id, "looks fine", by=CLERK)
    agency.complete(a_case.tasks[0].id, {"grant": True}, by=CLERK)
    agency.send("Payment received", {"amount": 5}, correlate={"number": a_case.number}, by=SYSTEM)
    found = replay(agency.recording(a_case.id, by=SYSTEM), Procedure.read(PERMIT))
    assert (found.outcome, found.reason) == ("same state", "")
    assert found.view is not None
    assert found.view.status == "completed"

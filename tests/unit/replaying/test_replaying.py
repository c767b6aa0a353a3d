# SPDX-License-Identifier: Apache-2.0
"""Replays of recorded commands: on the same version byte for byte, on another by element."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from tests.corners.drawing import bpmn

from egov_flow.agency import Agency
from egov_flow.errors import NotFound
from egov_flow.procedure import Procedure, fingerprint, read_files
from egov_flow.replaying import History, replay, summary
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.values import SYSTEM, Actor, Call, Marking

PERMIT = Path(__file__).parents[2] / "fixtures" / "agency" / "permit.bpmn"
CITIZEN = Actor("citizen:17")
CLERK = Actor("officer:1", roles={"clerk"})


@pytest.fixture
def permit() -> Procedure:
    return Procedure.read(str(PERMIT))


@pytest.fixture
def broken_calls() -> list[bool]:
    return []


@pytest.fixture
def agency(broken_calls: list[bool]) -> Iterator[Agency]:
    def lookup(_: Call) -> dict[str, object]:
        if broken_calls and broken_calls.pop():
            raise ConnectionError
        return {"resident": True}

    clock = VirtualClock("2026-01-05T09:00:00+07:00")
    with Agency.open("memory:", clock=clock, ids=SequentialIds(), handlers={"register.lookup": lookup}) as opened:
        opened.deploy(str(PERMIT))
        yield opened


@pytest.fixture
def history(agency: Agency) -> History:
    """A case from the application to the permit."""
    case = agency.start("permit", {"street": "Canal 5"}, by=CITIZEN)
    agency.complete(case.tasks[0].id, {"grant": True}, by=CLERK)
    agency.send("Payment received", {"amount": 5}, correlate={"number": case.number}, by=SYSTEM)
    return agency.recording(case.id, by=SYSTEM)


def edited(procedure: Procedure, *changes: tuple[str, str]) -> Procedure:
    """Return another version: the same file with some text replaced."""
    source = procedure.files[0][1].decode()
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return read_files([(procedure.files[0][0], source.encode())])


def test_the_same_version_gives_the_same_bytes(history: History, permit: Procedure) -> None:
    found = replay(history, permit)
    assert (found.outcome, found.is_faithful) == ("same state", True)
    assert history.sha256 == permit.sha256 == fingerprint(permit.files)


def test_a_changed_record_is_a_divergence(history: History, permit: Procedure) -> None:
    assert history.marking is not None
    forged = attrs.evolve(history, marking=Marking(history.marking.clear, b"{}"))
    assert (replay(forged, permit).outcome, replay(forged, permit).reason) == ("divergence", "EF-Y002")
    first, second, *rest = history.entries
    swapped = attrs.evolve(history, entries=(first, *rest, second))
    assert replay(swapped, permit).outcome == "divergence"


def test_other_semantics_are_no_divergence(history: History, permit: Procedure) -> None:
    assert replay(attrs.evolve(history, semantics="0"), permit).outcome == "semantics changed"


def test_a_renamed_label_changes_no_path(history: History, permit: Procedure) -> None:
    other = edited(permit, ('name="Decide"', 'name="Decide on the permit"'))
    assert replay(history, other).outcome == "same path"


def test_a_missing_step_is_dropped_and_told(history: History, permit: Procedure) -> None:
    other = edited(
        permit,
        ("<bpmn:flowNodeRef>Task_Decide</bpmn:flowNodeRef>", ""),
        ('<bpmn:userTask id="Task_Decide" name="Decide" />', ""),
        ('<bpmn:sequenceFlow id="Flow_2" sourceRef="Task_Lookup" targetRef="Task_Decide" />', ""),
        ('sourceRef="Task_Decide"', 'sourceRef="Task_Lookup"'),
    )
    found = replay(history, other)
    assert (found.outcome, found.dropped, found.skipped) == ("shorter path", ("Task_Decide",), ("Task_Decide",))
    assert found.view is not None
    assert found.view.status == "completed"


def test_a_command_without_counterpart_cannot_be_followed(history: History, permit: Procedure) -> None:
    other = edited(
        permit, ('<bpmn:message id="Message_Payment" name="Payment received" />', '<bpmn:message id="Message_Payment" name="Paid" />')
    )
    found = replay(history, other)
    assert (found.outcome, found.at, found.reason) == ("cannot follow", len(history.entries), "EF-Y003")


def test_a_retried_handler_is_followed_by_its_element(agency: Agency, broken_calls: list[bool], permit: Procedure) -> None:
    broken_calls.append(True)
    case = agency.start("permit", by=CITIZEN)
    agency.retry(case.incidents[0].id, by=SYSTEM)
    recorded = agency.recording(case.id, by=SYSTEM)
    assert replay(recorded, permit).outcome == "same state"
    other = edited(permit, ('name="Decide"', 'name="Decide on the permit"'))
    assert replay(recorded, other).outcome == "same path"


def test_an_unknown_engine_is_not_found(history: History, permit: Procedure) -> None:
    with pytest.raises(NotFound, match="EF-Y010"):
        replay(history, permit, engine="steam")


def test_a_summary_counts_outcomes(history: History, permit: Procedure) -> None:
    found = [replay(history, permit), replay(attrs.evolve(history, semantics="0"), permit)]
    assert summary(found) == {"same state": 1, "semantics changed": 1}


BEGINNINGS = {
    "a start event that needs two messages": "start s | together | message Application | message Payment | key file\nuser a\ns > a\nend e\na > e",
    "a parallel event-based gateway": (
        "events g | instantiate | kind Parallel\ncatch c | message Application | key file\ncatch d | message Payment | key file\nuser a\nuser b\n"
        "end e\ng > c\ng > d\nc > a\nd > b\na > e\nb > e"
    ),
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_case_that_two_messages_began_gives_its_state_again(agency: Agency, name: str) -> None:
    procedure = read_files([("process.bpmn", bpmn(BEGINNINGS[name]).encode())], "begun")
    agency.deploy(procedure)
    (case,) = agency.send("Application", {"file": "7"}, correlate={"file": "7"}, by=CITIZEN)
    agency.send("Payment", {"paid": 5}, correlate={"file": "7"}, by=CITIZEN)

    assert replay(agency.recording(case.id, by=SYSTEM), procedure).is_faithful

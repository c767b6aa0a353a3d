# SPDX-License-Identifier: Apache-2.0
"""A recording gives the state again, byte for byte; on another version it is followed as far as that version offers the work."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egov_flow.agency import Agency
from egov_flow.cli._demo_cast import cast
from egov_flow.cli._demo_office import Office, mail
from egov_flow.data import Context
from egov_flow.errors import EgovFlowError
from egov_flow.procedure import Procedure
from egov_flow.redesign import Redesign
from egov_flow.replaying import replay, summary
from egov_flow.testing import SequentialIds, VirtualClock, pass_time
from egov_flow.values import SYSTEM, Actor, Marking

REPOSITORY = Path(__file__).resolve().parents[2]
FOI = REPOSITORY / "processes/indonesia/foi_request"
PERMIT = REPOSITORY / "tests/fixtures/agency/permit.bpmn"
CLERK = Actor("officer:1", roles={"clerk"})
MOVES = ("complete", "complete", "pay", "wait", "fail", "retry", "skip", "correct", "cancel", "suspend", "resume")


@cache
def foi():
    return Procedure.read(FOI)


@cache
def redesigned():
    return Redesign.read(FOI / "redesigns/parallel_checks.yaml").apply(foi()).procedure


@cache
def recordings(seed):
    """The recordings of 26 requests of the demo: every fate at least once."""
    clock, unreachable, random = VirtualClock("2026-01-05T09:00+07:00"), set(), Random(seed)
    with Agency.open("memory:", clock=clock, ids=SequentialIds(seed), handlers={"notify.applicant": mail(unreachable)}) as agency:
        agency.deploy(foi())
        calendar = agency.wiring.calendar(foi().calendar)
        office = Office(agency, clock, calendar, ZoneInfo(foi().zone), random, unreachable)
        office.play(cast(26, random), datetime.fromisoformat("2026-04-24T16:00+07:00"), lambda: None)
        return [agency.recording(case, by=SYSTEM) for case in office.requests]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_cases_of_the_demo_give_their_states_again(seed):
    replays = [replay(recording, foi()) for recording in recordings(seed)]

    assert summary(replays) == {"same state": 26}
    assert [r.view.waiting for r in replays if r.view.status != "running"] == [()] * sum(r.view.status != "running" for r in replays)


def test_on_the_redesign_every_case_is_followed_to_the_same_end_without_the_step_that_is_gone():
    for recording in recordings(1):
        before, after = replay(recording, foi()), replay(recording, redesigned())

        assert (after.outcome, after.at) == ("shorter path", 0)
        assert (after.dropped, after.skipped, after.added) == (("Task_AgendaBook",), ("Task_AgendaBook",), ())
        assert (after.view.status, after.view.variables) == (before.view.status, before.view.variables)


def test_a_state_that_is_not_what_the_commands_give_is_a_divergence():
    recording = recordings(1)[0]
    assert recording.marking is not None
    forged = attrs.evolve(recording, marking=Marking(recording.marking.clear, recording.marking.secret + b" "))

    assert replay(forged, foi()).outcome == "divergence"


def test_commands_that_were_changed_are_a_divergence():
    recording = next(r for r in recordings(1) if any(e.element == "Task_Decide" and e.command.kind == "complete" for e in r.entries))
    entries = tuple(
        attrs.evolve(e, command=attrs.evolve(e.command, data=Context({**e.command.data, "reasons": "another"})))
        if e.element == "Task_Decide"
        else e
        for e in recording.entries
    )

    assert replay(attrs.evolve(recording, entries=entries), foi()).outcome == "divergence"


def test_other_semantics_are_no_divergence():
    recording = attrs.evolve(recordings(1)[0], semantics="0")

    assert replay(recording, foi()).outcome == "semantics changed"


class Desk:
    """A permit case and somebody who does anything at any time; what is refused leaves no trace."""

    def __init__(self, seed):
        self.fails = False
        self.clock = VirtualClock("2026-01-05T09:00+07:00")
        self.agency = Agency.open("memory:", clock=self.clock, ids=SequentialIds(seed), handlers={"register.lookup": self.lookup})
        self.agency.deploy(str(PERMIT))

    def lookup(self, _):
        if self.fails:
            raise ConnectionError
        return {"resident": True}

    def start(self):
        self.case = self.agency.start("permit", {"street": "Canal 5"}, by=Actor("citizen:17")).id

    def act(self, move, number):
        case = self.agency.case(self.case, by=SYSTEM)
        incident = case.incidents[0].id if case.incidents else f"{self.case}/{number}"
        task = case.tasks[0].id if case.tasks else f"{self.case}/{number}"
        doing = {
            "complete": lambda: self.agency.complete(task, {"grant": number % 2 == 0}, by=CLERK),
            "pay": lambda: self.agency.send("Payment received", {"amount": number}, correlate={"case": self.case}, by=SYSTEM),
            "wait": lambda: pass_time(self.agency, self.clock, self.clock.now().replace(day=1 + number % 27)),
            "fail": lambda: setattr(self, "fails", not self.fails),
            "retry": lambda: self.agency.retry(incident, by=SYSTEM),
            "skip": lambda: self.agency.resolve(incident, {"resident": False}, skip=True, reason="on paper", by=SYSTEM),
            "correct": lambda: self.agency.correct(self.case, {"street": f"Canal {number}"}, reason="typo", by=SYSTEM),
            "cancel": lambda: self.agency.cancel(self.case, reason="moved away", by=SYSTEM),
            "suspend": lambda: self.agency.suspend(self.case, reason="court", by=SYSTEM),
            "resume": lambda: self.agency.resume(self.case, by=SYSTEM),
        }
        try:
            doing[move]()
        except EgovFlowError:
            assert len(self.agency.history(self.case, by=SYSTEM)) == self.events
        self.events = len(self.agency.history(self.case, by=SYSTEM))

    events = 0


@settings(max_examples=40)
@given(st.booleans(), st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 60)), max_size=12))
def test_any_sequence_of_commands_gives_its_state_again(fails, moves):
    desk = Desk(1)
    desk.fails = fails
    desk.start()
    desk.events = len(desk.agency.history(desk.case, by=SYSTEM))
    for move, number in moves:
        desk.act(move, number)
        recording = desk.agency.recording(desk.case, by=SYSTEM)
        again = replay(recording, Procedure.read(PERMIT))

        assert again.outcome == "same state", again
        assert again.view.status == desk.agency.case(desk.case, by=SYSTEM).status
    assert desk.agency.audit.verify().intact

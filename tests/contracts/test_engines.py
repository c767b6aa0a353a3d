# SPDX-License-Identifier: Apache-2.0
"""The kernel and SpiffWorkflow keep the promises of the Engine port, and do the same behind the same Agency on every store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import egov_flow as ef
from egov_flow.agency import Agency
from egov_flow.errors import ConflictError, NotFound, ProcedureError
from egov_flow.kernel import KernelEngine
from egov_flow.procedure import Procedure, read_files
from egov_flow.testing import SequentialIds, VirtualClock
from egov_flow.testing.contracts import EngineContract
from egov_flow.values import SYSTEM, Actor, Call
from egov_flow_adapters.spiff_engine import SpiffEngine

ENGINES = ("kernel", "spiff")
CITIZEN = Actor("citizen:17")
DESK, UNIT, PPID = (Actor(f"officer:{n}", roles={role}) for n, role in enumerate(("desk", "holding_unit", "ppid"), start=1))
GRANTED = (
    (DESK, "Task_Register", {}),
    (UNIT, "Task_CheckHeld", {"held": True, "pages": 40}),
    (PPID, "Task_Decide", {"decision": "grant"}),
)
NOT_HELD = ((DESK, "Task_Register", {}), (UNIT, "Task_CheckHeld", {"held": False}))


class _OnLinear:
    @pytest.fixture
    def procedure(self, repository):
        return Procedure.read(repository / "tests/fixtures/bpmn/linear.bpmn")

    @pytest.fixture
    def elements(self):
        return ("Task_Register", "Task_Decide", "Task_Notify")


class TestKernel(_OnLinear, EngineContract):
    @pytest.fixture
    def engine(self):
        return KernelEngine()


class TestSpiff(_OnLinear, EngineContract):
    @pytest.fixture
    def engine(self):
        return SpiffEngine()


@pytest.fixture(params=["memory", "sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return "memory:" if request.param == "memory" else f"sqlite:///{tmp_path}/{{engine}}.db"


def slice_on(engine: str, repository: Path) -> Procedure:
    """The straight part of the request for information, on the engine asked for."""
    folder = repository / "tests/fixtures/procedures/foi_slice"
    files = [(path, data.replace(b"engine: spiff", f"engine: {engine}".encode())) for path, data in Procedure.read(folder).files]
    return read_files(files, "foi_slice")


class Told:
    """A case told to an agency, and what anybody could see of it after each command."""

    def __init__(self, url: str, engine: str, procedure: Procedure) -> None:
        self.failing = False
        self.procedure = procedure
        self.agency = Agency.open(
            url.format(engine=engine),
            clock=VirtualClock("2026-01-05T09:00:00+07:00"),
            ids=SequentialIds(),
            handlers={"notify.applicant": self.notify},
        )
        self.agency.deploy(procedure)
        self.seen: list[object] = []
        self.note(self.agency.start("foi_slice", {"subject": "Budget of the village road"}, by=CITIZEN))

    def notify(self, call: Call) -> dict[str, object]:
        if self.failing:
            raise OSError("no connection")
        return {"notified": call.data["subject"]}

    def note(self, case: ef.agency.Case) -> None:
        self.case = case
        events = self.agency.history(case.id, by=SYSTEM)
        tasks = self.agency.tasks(by=SYSTEM, case=case.id)
        self.seen.append(
            {
                "case": (case.status, case.waiting, dict(case.data)),
                "tasks": [(t.id, t.element, t.name, t.role, t.form, dict(t.data), t.created, t.deadline) for t in tasks],
                "jobs": [(j.id, j.element, j.name, j.status) for j in self.agency.jobs(case.id, by=SYSTEM)],
                "deadlines": [(d.name, d.status, d.due) for d in case.deadlines],
                "incidents": [(i.id, i.element, i.kind, i.cause) for i in case.incidents],
                "events": [(e.case_seq, e.kind, e.command, e.element, e.token, e.detail, e.actor, e.policy, e.time) for e in events],
            }
        )

    def do(self, *work: tuple[Actor, str, dict[str, object]]) -> Told:
        for actor, element, data in work:
            (task,) = self.agency.tasks(by=actor, case=self.case.id, element=element)
            self.agency.wiring.clock.advance("P1D")
            self.note(self.agency.complete(task.id, data, by=actor))
        return self


@pytest.fixture
def told(url: str, repository: Path) -> Iterator[dict[str, Told]]:
    """The same case on both engines, just started."""
    stories = {engine: Told(url, engine, slice_on(engine, repository)) for engine in ENGINES}
    yield stories
    for story in stories.values():
        story.agency.close()


@pytest.mark.parametrize("work", [GRANTED, NOT_HELD], ids=["granted", "not held"])
def test_both_engines_show_the_same_case_after_each_command(told, work):
    kernel, spiff = (told[engine].do(*work) for engine in ENGINES)

    assert len(kernel.seen) == len(work) + 1
    assert spiff.seen == kernel.seen
    assert spiff.case.status == "completed"
    assert [d.status for d in spiff.case.deadlines] == ["met"]


def test_the_last_step_holds_what_the_story_says(told):
    spiff = told["spiff"].do(*GRANTED)

    assert spiff.case.data == {
        "subject": "Budget of the village road", "held": True, "pages": 40, "cost": 12000, "decision": "grant",
        "notified": "Budget of the village road",
    }  # fmt: skip
    assert (spiff.case.status, spiff.case.waiting) == ("completed", ())
    assert spiff.agency.audit.verify().findings == ()


def test_a_failed_handler_is_the_same_incident_and_ends_the_same_way(told):
    for story in told.values():
        story.failing = True
        story.do(*NOT_HELD)
        (incident,) = story.case.incidents
        story.failing = False
        story.note(story.agency.retry(incident.id, by=SYSTEM))

    assert told["spiff"].seen == told["kernel"].seen
    assert told["spiff"].case.status == "completed"


def test_a_suspended_and_cancelled_case_is_the_same(told):
    for story in told.values():
        story.do(*GRANTED[:1])
        story.note(story.agency.suspend(story.case.id, reason="a judge asks", by=SYSTEM))
        with pytest.raises(ConflictError, match="suspended"):
            story.agency.complete(story.agency.tasks(by=UNIT)[0].id, {"held": True}, by=UNIT)
        story.note(story.agency.resume(story.case.id, by=SYSTEM))
        story.note(story.agency.correct(story.case.id, {"pages": 7}, reason="miscounted", by=SYSTEM))
        story.note(story.agency.cancel(story.case.id, reason="withdrawn", by=CITIZEN))

    assert told["spiff"].seen == told["kernel"].seen
    assert told["spiff"].case.status == "cancelled"


def test_an_expired_deadline_is_recorded_on_both(told):
    for story in told.values():
        story.do(*GRANTED[:1])
        story.agency.wiring.clock.advance("P30D")
        assert story.agency.run_due() == 1
        story.note(story.agency.case(story.case.id, by=SYSTEM))

    assert told["spiff"].seen == told["kernel"].seen
    assert [d.status for d in told["spiff"].case.deadlines] == ["expired"]


def test_a_message_finds_nobody_on_either(told):
    for story in told.values():
        with pytest.raises(NotFound):
            story.agency.send("Payment received", {}, correlate={"case": story.case.id}, by=SYSTEM)


def test_a_recording_of_the_kernel_replays_on_spiff_and_the_other_way_round(told):
    for engine, other in (("kernel", "spiff"), ("spiff", "kernel")):
        story = told[engine].do(*GRANTED)
        history = story.agency.recording(story.case.id, by=SYSTEM)
        replay = ef.replay(history, story.procedure, engine=other)

        assert (replay.outcome, replay.skipped, replay.added, replay.dropped) == ("same path", (), (), ())
        assert (replay.view.status, replay.view.variables) == ("completed", story.case.data)


def test_a_recording_of_spiff_gives_the_same_bytes_again(told):
    story = told["spiff"].do(*GRANTED[:2])
    history = story.agency.recording(story.case.id, by=SYSTEM)

    assert ef.replay(history, story.procedure, engine="spiff").outcome == "same state"


def test_a_case_of_spiff_goes_on_after_the_database_was_closed(tmp_path, repository):
    story = Told(f"sqlite:///{tmp_path}/cases.db", "spiff", slice_on("spiff", repository)).do(*GRANTED[:2])
    story.agency.close()
    with Agency.open(
        f"sqlite:///{tmp_path}/cases.db", clock=story.agency.wiring.clock, handlers={"notify.applicant": story.notify}
    ) as agency:
        (task,) = agency.tasks(by=PPID)
        case = agency.complete(task.id, {"decision": "refuse"}, by=PPID)

        assert (case.status, case.data["cost"]) == ("completed", 12000)
        assert agency.audit.verify().findings == ()


def test_the_whole_request_for_information_is_refused_on_spiff_with_reasons(repository):
    files = dict(Procedure.read(repository / "processes/indonesia/foi_request").files)
    files["procedure.yaml"] += b"\nengine: spiff\n"
    procedure = read_files(list(files.items()), "foi_request")

    with Agency.open("memory:") as agency:
        with pytest.raises(ProcedureError) as refused:
            agency.deploy(procedure)
        assert agency.procedures() == []
    text = refused.value.text()
    assert {f.code for f in refused.value.findings} == {"EF-E002", "EF-E003", "EF-E004", "EF-E005", "EF-E006", "EF-E012"}
    assert all(f.place.line and "engine: kernel" in f.hint() for f in refused.value.findings)
    assert (
        'error EF-E006: subProcess "Examine and answer" (SubProcess_Examine): SpiffWorkflow gives a sub-process a copy of the data' in text
    )

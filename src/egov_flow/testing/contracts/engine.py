# SPDX-License-Identifier: Apache-2.0
"""The contract of `ports.Engine`, on a linear procedure: a start, user tasks, an end."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import attrs
import pytest

from egov_flow.data import Context
from egov_flow.errors import EgovFlowError
from egov_flow.ports import Engine
from egov_flow.testing.contracts._examples import NOW
from egov_flow.values import Actor, Command, Marking, Step

__all__ = ["EngineContract"]

CLERK = Actor("officer:3", roles=frozenset({"clerk"}))
DATA = Context({"amount": Decimal("12.50"), "name": "Siti", "papers": (Context({"kind": "deed"}), None, True)})


@attrs.define
class _Run:
    """A case as the engine under test sees it."""

    engine: Engine[Any, Any, Any]
    program: Any
    state: Any = None

    def step(self, kind: str, target: str = "", data: Context = DATA) -> Step[Any]:
        step = self.engine.step(self.program, self.state, Command(kind=kind, by=CLERK, target=target, data=data), NOW)
        self.state = step.state
        return step

    def complete(self, step: Step[Any], data: Context = Context()) -> Step[Any]:  # noqa: B008 - frozen
        opened = [work for work in step.work if work.change == "opened"]
        assert len(opened) == 1
        return self.step("complete", str(opened[0].token), data)

    def dump(self) -> Marking:
        return self.engine.dump(self.program, self.state)

    def waiting(self) -> tuple[str, ...]:
        return self.engine.view(self.program, self.state).waiting


class EngineContract:
    """Give the suite the fixtures `engine`, `procedure` (a start, two or more user tasks, an end) and `elements` (the tasks' ids in order)."""

    @pytest.fixture
    def run(self, engine: Engine[Any, Any, Any], procedure: Any) -> _Run:
        """A case that has not begun."""
        return _Run(engine, engine.compile(procedure))

    def test_an_engine_says_which_one_it_is(self, engine: Engine[Any, Any, Any]) -> None:
        """Name and version are recorded with each case."""
        assert engine.name
        assert engine.version

    def test_a_linear_procedure_is_not_refused(self, engine: Engine[Any, Any, Any], procedure: Any) -> None:
        """Every engine can do that much."""
        assert engine.refusals(procedure) == ()

    def test_a_case_waits_at_its_first_task(self, run: _Run, elements: tuple[str, ...]) -> None:
        """A start opens the work and tells of it."""
        step = run.step("start")

        assert run.waiting() == elements[:1]
        assert step.status == "running" == run.engine.view(run.program, run.state).status
        assert [(work.change, work.element) for work in step.work] == [("opened", elements[0])]

    def test_completing_each_task_ends_the_case(self, run: _Run, elements: tuple[str, ...]) -> None:
        """One after the other, each once."""
        step = run.step("start")
        for done, following in pairwise(elements):
            step = run.complete(step)
            assert run.waiting() == (following,)
            assert {(work.change, work.element) for work in step.work} == {("completed", done), ("opened", following)}

        last = run.complete(step)
        assert run.waiting() == ()
        assert last.status == "completed"

    def test_data_is_kept_as_it_was_given(self, run: _Run) -> None:
        """Numbers stay decimal, lists and contexts frozen; a completion adds to it."""
        step = run.step("start")
        assert run.engine.view(run.program, run.state).variables == DATA

        run.complete(step, Context({"amount": Decimal(3), "decision": "grant"}))
        assert run.engine.view(run.program, run.state).variables == {**DATA, "amount": Decimal(3), "decision": "grant"}

    def test_a_state_survives_being_stored(self, run: _Run) -> None:
        """What is loaded has the same bytes, shows the same, and goes on the same."""
        step = run.step("start")
        stored = run.dump()
        again = _Run(run.engine, run.program, run.engine.load(run.program, stored))

        assert again.dump() == stored
        assert again.engine.view(run.program, again.state) == run.engine.view(run.program, run.state)
        run.complete(step)
        again.complete(step)
        assert again.waiting() == run.waiting()

    def test_a_step_leaves_the_old_state_as_it_was(self, run: _Run) -> None:
        """The caller may throw the new one away and go on from the old."""
        first = run.step("start")
        old, before = run.state, run.dump()
        run.complete(first)

        assert run.engine.dump(run.program, old) == before
        run.state = old
        run.complete(first)
        assert len(run.waiting()) == 1

    @pytest.mark.parametrize(
        ("kind", "target"), [("complete", "999999"), ("complete", ""), ("start", ""), ("report", "1"), ("send", "Nothing")]
    )
    def test_a_refused_command_changes_nothing(self, run: _Run, kind: str, target: str) -> None:
        """It raises one of our errors with a code."""
        run.step("start")
        before = run.dump()

        with pytest.raises(EgovFlowError) as error:
            run.step(kind, target)
        assert error.value.code.startswith("EF-")
        assert run.dump() == before

    def test_a_completed_case_takes_no_more(self, run: _Run) -> None:
        """What has ended has ended."""
        step = run.step("start")
        while step.status == "running":
            step = run.complete(step)
        before = run.dump()

        with pytest.raises(EgovFlowError):
            run.step("complete", "1")
        assert run.dump() == before

    @pytest.mark.parametrize("marking", [Marking(b"", b""), Marking(b"garbage", b"garbage"), Marking(b"{}", b"{}")])
    def test_bytes_that_are_no_state_are_refused(self, run: _Run, marking: Marking) -> None:
        """With one of our errors, never executed and never guessed at."""
        with pytest.raises(EgovFlowError):
            run.engine.load(run.program, marking)

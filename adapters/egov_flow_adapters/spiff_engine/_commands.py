# SPDX-License-Identifier: Apache-2.0
"""The commands of a running case. A refused one raises before anything is changed; the codes are the kernel's where the reason is the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import attrs

from egov_flow.data import Value
from egov_flow.errors import AlreadyCompleted, ConflictError, EgovFlowError, InvalidData, NotFound
from egov_flow.values import Command, JobChange, Step, WorkChange
from egov_flow_adapters.spiff_engine._reading import SpiffProgram
from egov_flow_adapters.spiff_engine._run import Run
from egov_flow_adapters.spiff_engine._scripts import Fault
from egov_flow_adapters.spiff_engine._state import INCIDENT, JOB, WORK, Resting, SpiffState, incident_of
from egov_flow_adapters.spiff_engine._tree import live_task

__all__ = ["step"]


def step(program: SpiffProgram, state: SpiffState | None, command: Command, now: datetime) -> Step[SpiffState]:
    """Return what a command does; the old state is unchanged.

    Raises:
        NotFound: the case was not started, or there is no such token or start event.
        AlreadyCompleted: the case or the token has ended.
        ConflictError: the case is in another state, SpiffWorkflow is not asked for such a command, or it broke.
        InvalidData: `now` has no zone.
    """
    if now.tzinfo is None:
        raise InvalidData("EF-K221")
    try:
        return _step(program, state, command, now)
    except (EgovFlowError, AssertionError):
        raise
    except Exception as error:  # an engine that we did not write broke; its words may hold case data and stay in the chain of causes
        raise ConflictError("EF-E205", error=type(error).__name__) from error


def _step(program: SpiffProgram, state: SpiffState | None, command: Command, now: datetime) -> Step[SpiffState]:
    if command.kind == "start":
        return _start(program, state, command, now)
    if state is None:
        raise NotFound("EF-K200")
    if command.kind not in ACCEPTED:
        raise ConflictError("EF-E201", kind=command.kind)
    if state.resting is None:
        raise AlreadyCompleted("EF-K202", status=state.status)
    if state.status == "suspended" and command.kind not in {"resume", "cancel"}:
        raise ConflictError("EF-K203", kind=command.kind)
    run = Run.of(program, state, now)
    ACCEPTED[command.kind](run, state.resting, command)
    return run.step()


def _start(program: SpiffProgram, state: SpiffState | None, command: Command, now: datetime) -> Step[SpiffState]:
    if state is not None:
        raise ConflictError("EF-K201")
    (start,) = program.slots.blocks[0].entries
    if command.target not in {"", start}:
        raise NotFound("EF-K210", start=command.target, known=start)
    run = Run.begin(program, command.data, now)
    run.happen("started", program.slots.process)
    run.go_on()
    return run.step()


def _complete(run: Run, resting: Resting, command: Command) -> None:
    """Complete the open work; its data becomes variables."""
    _must_rest(run, resting, command, WORK, "EF-K206")
    run.assign(command.data)
    run.work.append(WorkChange("completed", resting.token, resting.element))
    task = live_task(run.workflow)
    run.happen("completed", resting.element, resting.token)
    task.run()
    run.leave(task, run.node(resting.element))
    run.go_on()


def _report(run: Run, resting: Resting, command: Command) -> None:
    """Take in what became of the job: its result, a BPMN error or a failure."""
    _must_rest(run, resting, command, JOB, "EF-K207")
    node, outcome = run.node(resting.element), command.arguments.get("outcome", "result")
    if outcome == "failure":
        run.park(node, Fault("handler", "EF-K107", handler=node.handler), redo="body", token=resting.token)
        return
    if outcome not in {"result", "error"}:
        raise ConflictError("EF-K220", outcome=_label(outcome))
    if outcome == "error":
        fault = Fault("uncaught error", "EF-K108", error=_label(command.arguments.get("code")))
        run.park(node, fault, redo="body", token=resting.token)
        return
    run.assign({node.result: command.data} if node.result else command.data)
    task = live_task(run.workflow)
    run.happen("completed", node.id, resting.token)
    task.complete()
    run.leave(task, node)
    run.go_on()


def _retry(run: Run, resting: Resting, command: Command) -> None:
    """Try again where the token is parked, with corrected variables if the command brings some."""
    _must_rest(run, resting, command, INCIDENT, "EF-K208")
    if command.arguments.get("skip") or "flow" in command.arguments:
        raise ConflictError("EF-E202", element=resting.element)
    trouble = resting.trouble
    if trouble is None:
        raise AssertionError(f"token {resting.token} is parked without a reason")
    run.assign(command.data)
    run.incidents.append(attrs.evolve(incident_of(resting, trouble), closed=run.scripts.now.astimezone(UTC)))
    run.happen("resolved", resting.element, resting.token, trouble.kind)
    node = run.node(resting.element)
    run.resting = None
    run.perform(live_task(run.workflow), node, token=resting.token, is_left=trouble.redo == "leave")
    _keep_newest(run)
    run.go_on()


def _keep_newest(run: Run) -> None:
    """Of an incident that was closed and opened again in one step, tell the outside only how it now stands."""
    run.incidents[:] = {incident.id: incident for incident in run.incidents}.values()


def _correct(run: Run, _: Resting, command: Command) -> None:
    """Change variables of the case, and nothing else."""
    run.assign(command.data)
    run.happen("corrected", run.program.slots.process)


def _expire(run: Run, _: Resting, command: Command) -> None:
    """Note that a statutory deadline has expired; no event of the slice waits for it."""
    run.happen("expired", run.program.slots.process, 0, command.target)


def _suspend(run: Run, _: Resting, __: Command) -> None:
    run.status = "suspended"
    run.happen("suspended", run.program.slots.process)


def _resume(run: Run, _: Resting, __: Command) -> None:
    if run.status != "suspended":
        raise ConflictError("EF-K219")
    run.status = "running"
    run.happen("resumed", run.program.slots.process)


def _cancel(run: Run, resting: Resting, _: Command) -> None:
    """End the case; what is open is withdrawn."""
    run.workflow.cancel()
    run.status = "cancelled"
    run.happen("withdrawn", resting.element, resting.token)
    if resting.phase == WORK:
        run.work.append(WorkChange("withdrawn", resting.token, resting.element))
    elif resting.phase == JOB:
        run.jobs.append(JobChange("withdrawn", resting.token, resting.element, run.node(resting.element).handler))
    elif resting.trouble is not None:
        run.incidents.append(attrs.evolve(incident_of(resting, resting.trouble), closed=run.scripts.now.astimezone(UTC)))
    run.happen("cancelled", run.program.slots.process)


def _must_rest(run: Run, resting: Resting, command: Command, phase: str, code: str) -> None:
    """Raise unless the command names the token, and it rests in that phase."""
    token = int(command.target) if command.target.isascii() and command.target.isdigit() else 0
    if token == resting.token and resting.phase != phase:
        raise ConflictError(code, token=token, element=resting.element)
    if token == resting.token:
        return
    if 0 < token <= run.counter:
        raise AlreadyCompleted("EF-K205", token=token)
    raise NotFound("EF-K204", token=command.target[:60])


def _label(value: Value) -> str:
    """Return a name that a handler gave, or a mark instead of what might be anything, even a citizen's data."""
    text = value if isinstance(value, str) else ""
    is_name = 0 < len(text) <= 60 and text.isascii() and all(c.isalnum() or c in "_.:-" for c in text)
    return text if is_name else "(not a plain name)"


ACCEPTED: dict[str, Callable[[Run, Resting, Command], None]] = {
    "cancel": _cancel,
    "complete": _complete,
    "correct": _correct,
    "expire": _expire,
    "report": _report,
    "resolve": _retry,
    "resume": _resume,
    "retry": _retry,
    "suspend": _suspend,
}

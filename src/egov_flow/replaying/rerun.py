# SPDX-License-Identifier: Apache-2.0
"""Replays a case's commands: on its own version to prove the record, on another to see what would have been.

On its own version a replay must give the very bytes again. On another version commands are matched by element: the work that a person did at
`Task_Check` is done at `Task_Check` again, as soon as the other version offers it.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

import attrs

from egov_flow.data import EMPTY
from egov_flow.errors import EgovFlowError, NotFound
from egov_flow.kernel import KernelEngine
from egov_flow.ports import Engine
from egov_flow.procedure import Procedure
from egov_flow.replaying.history import Entry, History
from egov_flow.replaying.open_work import OpenWork
from egov_flow.replaying.result import Replay
from egov_flow.values import KERNEL_COMMANDS, Command, Step

__all__ = ["replay"]


def replay(history: History, procedure: Procedure, engine: str | Engine[Any, Any, Any] = "kernel") -> Replay:
    """Replay a history on a procedure and say whether, and where, it goes another way.

    Args:
        history: from `agency.recording(case)`.
        procedure: the version that the case ran on, or another (a redesign's result, for instance).
        engine: `kernel`, `spiff`, or an engine.

    Raises:
        ProcedureError: the engine does not run this procedure.
        NotFound: no engine of that name is installed.
    """
    runner = _engine(engine)
    if history.engine == runner.name and history.sha256 == procedure.sha256:
        if history.semantics != runner.version:
            return Replay(case=history.case, outcome="semantics changed", reason="EF-Y001")
        return _Exact(history, procedure, runner).run()
    return _Other(history, procedure, runner).run()


def _engine(engine: str | Engine[Any, Any, Any]) -> Engine[Any, Any, Any]:
    if not isinstance(engine, str):
        return engine
    if engine == "kernel":
        return KernelEngine()
    for entry in entry_points(group="egov_flow.engines"):
        if entry.name == engine:
            made: Engine[Any, Any, Any] = entry.load()()
            return made
    raise NotFound("EF-Y010", name=engine)


@attrs.define
class _Exact:
    """The same version: the same commands at the same times."""

    history: History
    procedure: Procedure
    engine: Engine[Any, Any, Any]

    def run(self) -> Replay:
        program = self.engine.compile(self.procedure)
        state: Any = None
        path: list[str] = []
        for number, entry in enumerate(self.history.entries, start=1):
            if entry.command.kind not in KERNEL_COMMANDS or _is_delivery(entry):
                continue
            try:
                step = self.engine.step(program, state, entry.command, entry.at)
            except EgovFlowError as refused:
                return Replay(
                    case=self.history.case, outcome="divergence", at=number, reason=refused.code, element=entry.element, path=tuple(path)
                )
            state = step.state
            path.extend(_entered(step))
        return self._compare(program, state, path)

    def _compare(self, program: Any, state: Any, path: list[str]) -> Replay:
        view = self.engine.view(program, state) if state is not None else None
        same = self.history.marking is None or (state is not None and self.engine.dump(program, state) == self.history.marking)
        return Replay(
            case=self.history.case,
            outcome="same state" if same else "divergence",
            at=0 if same else len(self.history.entries),
            reason="" if same else "EF-Y002",
            path=tuple(path),
            view=view,
        )


@attrs.define
class _Other:
    """Another version: commands are matched by element and wait until their element is there."""

    history: History
    procedure: Procedure
    engine: Engine[Any, Any, Any]
    program: Any = None
    state: Any = None
    work: OpenWork = attrs.Factory(OpenWork)
    path: list[str] = attrs.Factory(list)
    dropped: list[str] = attrs.Factory(list)

    def run(self) -> Replay:
        self.program = self.engine.compile(self.procedure)
        known = {n.id for n in self.procedure.model.nodes()}
        waiting: list[tuple[int, Entry]] = []
        for number, entry in enumerate(self.history.entries, start=1):
            if entry.command.kind not in KERNEL_COMMANDS or _is_delivery(entry):
                continue
            if entry.element and entry.element not in known:
                self.dropped.append(entry.element)
                continue
            waiting.append((number, entry))
            waiting = self._do_all(waiting)
        return self._result(waiting)

    def _do_all(self, waiting: list[tuple[int, Entry]]) -> list[tuple[int, Entry]]:
        """Do what can be done, in order, again and again until nothing more can."""
        progress = True
        while progress:
            progress = False
            for item in list(waiting):
                if self._do(item[1]):
                    waiting.remove(item)
                    progress = True
        return waiting

    def _do(self, entry: Entry) -> bool:
        command = self._matched(entry)
        if command is None:
            return False
        try:
            step = self.engine.step(self.program, self.state, command, entry.at)
        except EgovFlowError:
            return False  # not yet possible here; if it never is, the result says so with the command's number
        if command.kind == "report":
            self.work.close(command.target)
        self.work.follow(step)
        self.state = step.state
        self.path.extend(_entered(step))
        return True

    def _matched(self, entry: Entry) -> Command | None:
        command = entry.command
        if command.kind in {"complete", "report"}:
            token = self.work.token(entry.element)
            return attrs.evolve(command, target=token) if token else None
        if command.kind in {"retry", "resolve"}:
            token = self.work.parked(entry.element)
            return attrs.evolve(command, target=token) if token else None
        if command.kind == "send":
            return attrs.evolve(command, arguments=EMPTY)
        if command.kind == "due":
            return attrs.evolve(command, target="")
        return None if command.kind == "move" else command

    def _result(self, left: list[tuple[int, Entry]]) -> Replay:
        recorded = list(self.history.path)
        replayed = self._steps()
        outcome = self._outcome(recorded, replayed)
        at, reason, element = 0, "", ""
        # a timer of the old version that finds nothing due in the new one is no work that somebody did
        lost = [(n, e) for n, e in left if e.command.kind != "due"]
        if lost:
            at, element = lost[0][0], lost[0][1].element or lost[0][1].command.target
            outcome, reason = "cannot follow", "EF-Y004" if lost[0][1].command.kind == "move" else "EF-Y003"
        return Replay(
            case=self.history.case,
            outcome=outcome,
            at=at,
            reason=reason,
            element=element,
            path=tuple(self.path),
            skipped=tuple(dict.fromkeys(e for e in recorded if e not in replayed)),
            added=tuple(dict.fromkeys(e for e in replayed if e not in recorded)),
            dropped=tuple(dict.fromkeys(self.dropped)),
            view=self.engine.view(self.program, self.state) if self.state is not None else None,
        )

    def _outcome(self, recorded: list[str], replayed: list[str]) -> str:
        if recorded == replayed:
            return "same path"
        known = {n.id for n in self.procedure.model.nodes()}
        return "shorter path" if [element for element in recorded if element in known] == replayed else "other path"

    def _steps(self) -> list[str]:
        """Return the activities and events entered: a gateway that was added changes nothing that anybody does."""
        gateways = {n.id for n in self.procedure.model.nodes() if n.gateway is not None}
        return [element for element in self.path if element not in gateways]


def _entered(step: Step[Any]) -> list[str]:
    return [o.element for o in step.occurrences if o.kind == "entered"]


def _is_delivery(entry: Entry) -> bool:
    """Whether an entry is only about a message to another case: nothing that the engine stepped."""
    return entry.command.kind in {"report", "retry", "resolve"} and entry.command.target.startswith("m")

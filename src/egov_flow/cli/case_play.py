# SPDX-License-Identifier: Apache-2.0
"""One case, played on an agency: people do tasks, messages come, time passes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import attrs

from egov_flow.agency import Agency, Case
from egov_flow.cli.moves import CHOSEN, Move, Option
from egov_flow.cli.output import moment
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import named
from egov_flow.data import YearMonthDuration
from egov_flow.errors import ConflictError, NotFound
from egov_flow.procedure import Procedure
from egov_flow.testing import VirtualClock, pass_time
from egov_flow.values import SYSTEM, Actor, Task

if TYPE_CHECKING:
    from egov_flow.kernel import Program, State

__all__ = ["CasePlay"]

HORIZON = timedelta(days=3660)


@attrs.define
class CasePlay:
    """Moves one case.

    Attributes:
        clock: the virtual clock; None where time is the machine's and cannot be moved.
        by: who does everything; None: each task is done by an invented holder of its role.
        show: is called after each move with its text.
    """

    settings: Settings
    agency: Agency
    procedure: Procedure
    clock: VirtualClock | None
    by: Actor | None
    show: Callable[[str], None]
    case_id: str = ""

    @property
    def case(self) -> Case:
        """Return the case as it stands."""
        return self.agency.case(self.case_id, by=SYSTEM)

    def options(self) -> list[Option]:
        """Return what can be done now."""
        say = self.settings.say
        if not self.case_id:
            return [self._starting(element) for element in self._beginnings()]
        case = self.case
        if case.status not in {"running", "suspended"}:
            return []
        found = [self._task(task) for task in case.tasks]
        found += [Option(Move("send", m), say("EF-L206", message=m, element=named(case.model, e)), self._form(e), takes_data=True)
                  for m, e in self._awaited()]  # fmt: skip
        found += self._chosen()
        for incident in case.incidents:
            where = named(case.model, incident.element)
            found.append(Option(Move("retry", incident.element), say("EF-L230", element=where)))
            found.append(Option(Move("skip", incident.element), say("EF-L231", element=where)))
        due = self._next_due()
        if due is not None:
            found.append(Option(Move("wait"), say("EF-L232", moment=moment(due, due.tzinfo))))
        return found

    def make(self, move: Move) -> None:
        """Make a move and show what happened."""
        doing: Mapping[str, Callable[[Move], None]] = {
            "start": self._start,
            "complete": self._complete,
            "send": self._send,
            "begin": self._begin,
            "end": self._end,
            "retry": self._retry,
            "skip": self._skip,
            "wait": self._wait,
        }
        if move.word not in doing:
            raise ConflictError("EF-L015", move=move, possible="; ".join(str(o.move) for o in self.options()) or "–")
        doing[move.word](move)
        self.show(str(move))

    # ---- options

    def _starting(self, element: str) -> Option:
        form = self.procedure.form(self.procedure.start_form) if self.procedure.start_form else None
        about = self.settings.say("EF-L202", element=element).rstrip()
        return Option(Move("start", element), about, self._form(element) or (form.schema if form else None), takes_data=True)

    def _beginnings(self) -> list[str]:
        """Return the elements at which a case can be started, "" for the one that need not be named."""
        from egov_flow.kernel import compile  # noqa: A004 - the word of the design

        process = compile(self.procedure).blocks[0]
        is_plain = len(process.starts) == 1 or not process.entries
        others = [element for element, index in process.entries.items() if not is_plain or index not in process.starts]
        return ["", *others] if is_plain else others

    def _task(self, task: Task) -> Option:
        about = self.settings.say("EF-L233", element=f"{task.name or task.element} ({task.element})", actor=self._doer(task).id)
        form = self.procedure.form(task.form) if task.form else None
        takes_data = form is not None or not self.procedure.forms
        return Option(Move("complete", task.element), about, form.schema if form else None, takes_data=takes_data)

    def _form(self, element: str) -> Mapping[str, object] | None:
        link = self.procedure.link(element)
        form = self.procedure.form(link.form) if link and link.form else None
        return form.schema if form else None

    def _awaited(self) -> list[tuple[str, str]]:
        """Return (message, element) for each message that the case awaits."""
        from egov_flow.kernel import awaited

        found = self._resting()
        return [(w.name, w.element) for w in awaited(*found) if w.kind == "message"] if found else []

    def _chosen(self) -> list[Option]:
        """Return what people may begin in ad-hoc sub-processes, and which of these they may end."""
        from egov_flow.kernel import beginnings, endings

        found = self._resting()
        if found is None:
            return []
        elements = [("begin", b.element) for b in beginnings(*found)] + [("end", e.element) for e in endings(*found)]
        model = self.case.model
        return [Option(Move(word, e), self.settings.say(CHOSEN[word], element=named(model, e))) for word, e in dict.fromkeys(elements)]

    def _resting(self) -> tuple[Program, State] | None:
        """Return the program and the state of the case; None if another engine runs it."""
        from egov_flow.kernel import compile, load  # noqa: A004 - the word of the design

        history = self.agency.recording(self.case_id, by=SYSTEM)
        if history.engine != "kernel" or history.marking is None:
            return None
        program = compile(self.procedure)
        return program, load(program, history.marking)

    def _next_due(self) -> datetime | None:
        if self.clock is None:
            return None
        due = self.agency.wiring.store.due(self.agency.tenant, self.clock.now() + HORIZON, limit=1, case=self.case_id)
        return due[0].due if due else None

    def _doer(self, task: Task) -> Actor:
        if self.by is not None:
            return self.by
        if task.role and task.role == self.procedure.applicant_role:
            return Actor(self.case.applicant)
        return Actor(f"{task.role}:1", roles={task.role}) if task.role else SYSTEM

    # ---- moves

    def _start(self, move: Move) -> None:
        if self.case_id:
            raise ConflictError("EF-K201")
        by = self.by or Actor("applicant:1")
        self.case_id = self.agency.start(self.procedure.id, move.data, by=by, version=self.procedure.version, at=move.target).id

    def _complete(self, move: Move) -> None:
        self._must_run()
        task = next((t for t in self.case.tasks if t.element == move.target), None)
        if task is None:
            raise ConflictError("EF-L015", move=move, possible="; ".join(str(o.move) for o in self.options()) or "–")
        self.agency.complete(task.id, move.data, by=self._doer(task))

    def _send(self, move: Move) -> None:
        self._must_run()
        self.agency.send(move.target, move.data, correlate={"case": self.case_id}, by=self.by or SYSTEM)

    def _begin(self, move: Move) -> None:
        self._must_run()
        self.agency.begin(self.case_id, move.target, by=self.by or SYSTEM)

    def _end(self, move: Move) -> None:
        self._must_run()
        self.agency.end(self.case_id, move.target, by=self.by or SYSTEM)

    def _retry(self, move: Move) -> None:
        self.agency.retry(self._incident(move), by=self.by or SYSTEM)

    def _skip(self, move: Move) -> None:
        self.agency.resolve(self._incident(move), move.data, skip=True, reason="egov-flow run", by=self.by or SYSTEM)

    def _wait(self, move: Move) -> None:
        """Let time pass: as long as the move says, or until something of this case is due."""
        from egov_flow.feel import parse_duration

        self._must_run()
        if self.clock is None:
            raise ConflictError("EF-L016")
        if not move.target:
            pass_time(self.agency, self.clock, self._next_due() or self.clock.now())
            return
        duration = parse_duration(move.target)
        if isinstance(duration, YearMonthDuration):
            raise ConflictError("EF-L017", duration=move.target)
        pass_time(self.agency, self.clock, self.clock.now() + duration)

    def _incident(self, move: Move) -> str:
        self._must_run()
        found = next((i.id for i in self.case.incidents if i.element == move.target), None)
        if found is None:
            raise NotFound("EF-L015", move=move, possible="; ".join(str(o.move) for o in self.options()) or "–")
        return found

    def _must_run(self) -> None:
        if not self.case_id:
            raise NotFound("EF-K200")

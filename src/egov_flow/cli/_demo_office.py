# SPDX-License-Identifier: Apache-2.0
"""The office of the demo: requests come in, officers do what is open to them in office hours, time passes, and what is due runs."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

import attrs

from egov_flow.agency import Agency, Case
from egov_flow.cli._demo_cast import ADMINISTRATOR, OFFICERS, Request
from egov_flow.errors import AlreadyCompleted, NotAllowed, NotFound
from egov_flow.ports import Calendar
from egov_flow.testing import VirtualClock, pass_time
from egov_flow.values import SYSTEM, Call, Event, Task

__all__ = ["Office", "mail"]

OPENS, CLOSES = time(8), time(16)
HOURS: Mapping[str, tuple[float, float]] = {
    "Task_Register": (0.5, 4), "Task_AgendaBook": (0.2, 2), "Task_CheckComplete": (1, 28), "Task_CheckHeld": (2, 16), "Task_CheckExempt": (4, 24),
    "Task_Decide": (2, 12), "Task_SendNotice": (0.5, 4), "Task_ExplainDelay": (2, 8), "Task_PrepareCopies": (2, 16), "Task_HandOver": (1, 8),
    "Task_AnswerObjection": (30, 120),
}  # fmt: skip
"""Office hours until somebody has done it: shortest, longest."""
SLOW, WITH_EXTENSION = (85.0, 110.0), (60.0, 90.0)
MESSAGES = {"Gateway_AwaitCompletion": (6.0, 30.0), "Task_AwaitPayment": (6.0, 60.0), "Gateway_AwaitObjection": (30.0, 160.0)}


@attrs.define
class Office:
    """Plays requests on an agency.

    Attributes:
        unreachable: cases whose applicants the mail does not reach for now.
        refused: commands that the agency refused, as it should; `repeated`: starts that came twice and made one case; `retried`: jobs that failed
            and were tried again; `ran`: timers, deadlines and jobs that ran when their time had come.
        overdue: the first case whose answer was overdue, its trail so far, and when that was.
    """

    agency: Agency
    clock: VirtualClock
    calendar: Calendar
    zone: ZoneInfo
    random: Random
    unreachable: set[str]
    requests: dict[str, Request] = attrs.Factory(dict)
    refused: int = 0
    repeated: int = 0
    retried: int = 0
    ran: int = 0
    overdue: tuple[Case, list[Event], datetime] | None = None
    _agenda: list[tuple[datetime, int, Callable[[], None]]] = attrs.Factory(list)
    _planned: set[str] = attrs.Factory(set)
    _count: int = 0

    def play(self, requests: list[Request], until: datetime, started: Callable[[], None]) -> None:
        """Let requests come in from now on, spread over the first four fifths of the time, and work until the end."""
        now = self.clock.now()
        gap = (until - now) * 4 / 5 / max(1, len(requests))
        for number, request in enumerate(requests):
            moment = self._later(now + gap * number, self.random.uniform(0, 2))
            self._at(moment, partial(self._start, request, started))
        while self._agenda and self._agenda[0][0] <= until:
            moment, _, act = heapq.heappop(self._agenda)
            self._pass(moment)
            act()
        self._pass(until)

    # ---- time

    def _at(self, moment: datetime, act: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._agenda, (moment, self._count, act))

    def _pass(self, moment: datetime) -> None:
        ran = pass_time(self.agency, self.clock, moment)
        self.ran += ran
        if ran:
            self._look_for_delays()

    def _look_for_delays(self) -> None:
        """A deadline that expired opens work that no command of ours opened."""
        for task in self.agency.tasks(by=SYSTEM, element="Task_ExplainDelay", limit=1000):
            if self.overdue is None:
                history = self.agency.history(task.case, by=SYSTEM)
                self.overdue = self.agency.case(task.case, by=SYSTEM), history, self.clock.now()
            self._plan(self.requests[task.case], task)

    def _later(self, moment: datetime, hours: float) -> datetime:
        """Return the moment that many office hours later."""
        left, local = timedelta(hours=hours), moment.astimezone(self.zone)
        while True:
            opens, closes = (datetime.combine(local.date(), t, self.zone) for t in (OPENS, CLOSES))
            local = max(local, opens)
            if self.calendar.day(local.date()).is_working and local < closes:
                if local + left <= closes:
                    return local + left
                left -= closes - local
            local = datetime.combine(local.date() + timedelta(days=1), OPENS, self.zone)

    def _after(self, span: tuple[float, float]) -> datetime:
        return self._later(self.clock.now(), self.random.uniform(*span))

    # ---- what happens

    def _start(self, request: Request, started: Callable[[], None]) -> None:
        key = f"web-{request.number}"
        case = self.agency.start("foi_request", request.form, by=request.applicant, key=key)
        if request.fate.repeats:
            self.repeated += self.agency.start("foi_request", request.form, by=request.applicant, key=key).id == case.id
        request.case = case.id
        self.requests[case.id] = request
        if request.fate.mail_fails:
            self.unreachable.add(case.id)
        self._look(request, case)
        started()

    def _look(self, request: Request, case: Case) -> None:
        """Plan whatever the case now waits for."""
        for task in case.tasks:
            self._plan(request, task)
        for incident in case.incidents:
            if incident.id not in self._planned:
                self._planned.add(incident.id)
                self._at(self._after((3, 8)), partial(self._retry, request, incident.id))
        for element in case.waiting:
            if element in MESSAGES:
                self._await(request, element)

    def _plan(self, request: Request, task: Task) -> None:
        if task.id in self._planned:
            return
        self._planned.add(task.id)
        span = HOURS.get(task.element, (1.0, 4.0))
        if task.element == "Task_CheckExempt":
            span = SLOW if request.fate.is_slow else WITH_EXTENSION if request.fate.is_extended else span
            if request.fate.is_extended:
                self._at(self._after((8, 20)), partial(self._extend, request))
            if request.fate.cancels:
                self._at(self._after((1, 3)), partial(self._cancel, request))
        self._at(self._after(span), partial(self._complete, request, task))

    def _complete(self, request: Request, task: Task) -> None:
        by = self.random.choice(OFFICERS[task.role])
        if task.element == "Task_Decide" and not self.refused:
            self._try_without_the_role(task)
        try:
            case = self.agency.complete(task.id, _form(request, task), by=by)
        except AlreadyCompleted:
            if not request.fate.cancels:
                raise
            return  # the applicant was quicker
        self._look(request, case)

    def _try_without_the_role(self, task: Task) -> None:
        try:
            self.agency.complete(task.id, {"decision": "refuse", "reasons": "no"}, by=OFFICERS["desk"][0])
        except (NotAllowed, NotFound):
            self.refused += 1

    def _await(self, request: Request, element: str) -> None:
        fate, planned = request.fate, f"{request.case} {element}"
        answers = {"Gateway_AwaitCompletion": fate.completes, "Task_AwaitPayment": fate.pays, "Gateway_AwaitObjection": bool(fate.objects)}
        if planned in self._planned or not answers[element]:
            return
        self._planned.add(planned)
        self._at(self._after(MESSAGES[element]), partial(self._send, request, element))

    def _send(self, request: Request, element: str) -> None:
        answers: dict[str, tuple[str, dict[str, object]]] = {
            "Gateway_AwaitCompletion": ("Completion received", {"name": request.name, "address": "Jl. Merdeka 1, Bandung"}),
            "Task_AwaitPayment": (
                "Payment received",
                {"amount": request.fate.pages * 300, "payment_reference": f"BDG-{request.number:04d}"},
            ),
            "Gateway_AwaitObjection": ("Objection filed", {"objection_ground": "a", "objection_text": "The public has a right to it."}),
        }
        message, data = answers[element]
        request.is_complete = True
        by = request.applicant if element != "Task_AwaitPayment" else SYSTEM
        number = self.agency.case(request.case, by=request.applicant).number
        for case in self.agency.send(message, data, correlate={"number": number}, by=by):
            self._look(request, case)

    def _extend(self, request: Request) -> None:
        reason = "Two other units have to be asked whether parts are exempted."
        self.agency.extend(request.case, "decision", reason=reason, by=OFFICERS["ppid"][0])

    def _cancel(self, request: Request) -> None:
        self.agency.cancel(request.case, reason="I found it on the web site.", by=request.applicant)

    def _retry(self, request: Request, incident: str) -> None:
        self.unreachable.discard(request.case)
        self.retried += 1
        self._look(request, self.agency.retry(incident, by=ADMINISTRATOR))


def _form(request: Request, task: Task) -> dict[str, object]:
    """Return what the officer fills in."""
    fate = request.fate
    exempt = {"grant": "no", "partly": "partly", "refuse": "yes"}[fate.decision]
    ground = {} if exempt == "no" else {"exemption_ground": "As tested for article 17"}
    filled: dict[str, dict[str, object]] = {
        "Task_CheckComplete": {"complete": True} if request.is_complete else {"complete": False, "missing": "Name and address"},
        "Task_CheckHeld": {"held": True, "pages": fate.pages},
        "Task_CheckExempt": {"exempt": exempt, **ground},
        "Task_Decide": {"decision": fate.decision, "reasons": "See the examination.", **({"redacted": True} if exempt == "partly" else {})},
        "Task_SendNotice": {"notice_number": f"{request.number}/PPID/2026"},
        "Task_ExplainDelay": {"delay_reasons": "The exemption test waited for the legal division."},
        "Task_HandOver": {"medium": "paper" if fate.pages else "seen"},
        "Task_AnswerObjection": {"objection_outcome": fate.objects or "rejected", "objection_reasons": "After a new test."},
    }
    return filled.get(task.element, {})


def mail(unreachable: set[str]) -> Callable[[Call], dict[str, object]]:
    """Return the handler that tells the applicant; it fails as real mail does while the applicant cannot be reached."""

    def send(call: Call) -> dict[str, object]:
        if call.case in unreachable:
            raise ConnectionError("the mail server does not answer")
        return {}

    return send

# SPDX-License-Identifier: Apache-2.0
"""What can happen to a statutory deadline: it opens, stops, resumes, is extended, met, expires or is withdrawn.

The clock stands after the day on which it is stopped, up to and with the day on which it resumes: that day, like the day of opening, is not counted.
What stood still is added at the end, in the unit of the term: working days for working days, hours for hours, calendar days for the others.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import attrs

from egov_flow.deadlines import reckoning
from egov_flow.deadlines._days import CountedDay, read_days
from egov_flow.errors import ConflictError, NotAllowed
from egov_flow.ports import Calendar
from egov_flow.procedure.model import DeadlineRule
from egov_flow.values import Deadline

STOOD_STILL = "the clock stood still"


def begin(rule: DeadlineRule, case: str, now: datetime, calendar: Calendar, zone: str, *, verified: bool = False) -> Deadline:
    """Return a running deadline of a rule that opens now.

    Raises:
        InvalidData: the rule is no term of law, or the calendar cannot count it.
    """
    term = reckoning.due(rule.amount, rule.unit, now, calendar, zone)
    return Deadline(
        case=case,
        name=rule.name,
        opened=now,
        due=term.due,
        amount=rule.amount,
        unit=rule.unit,
        days=term.days,
        calendar=_named(calendar),
        legal_basis=", ".join(rule.legal_basis),
        verified=verified,
    )


def _named(calendar: Calendar) -> str:
    return f"{calendar.name} {calendar.version}"


def extend(rule: DeadlineRule, deadline: Deadline, reason: str, *, now: datetime, calendar: Calendar, zone: str) -> Deadline:
    """Return the deadline extended once more, as its law allows.

    Raises:
        NotAllowed: the law knows no extension, none is left, or it wants a reason and there is none.
        ConflictError: the deadline does not run, or has run out.
    """
    extension = rule.extension
    if extension is None:
        raise NotAllowed("EF-T010", deadline=deadline.name)
    if deadline.status != "running":
        raise ConflictError("EF-T013", deadline=deadline.name, status=deadline.status)
    if now >= deadline.due:
        raise ConflictError("EF-T014", deadline=deadline.name, due=deadline.due.isoformat())
    if deadline.extensions >= extension.times:
        raise NotAllowed("EF-T011", deadline=deadline.name, times=extension.times)
    if extension.reason_required and not reason.strip():
        raise NotAllowed("EF-T012", deadline=deadline.name)
    reckoning.check_term(extension.amount, extension.unit)
    due, days = _longer(deadline, extension.amount, extension.unit, calendar, zone)
    return attrs.evolve(deadline, due=due, days=days, extensions=deadline.extensions + 1, reason=reason.strip(), calendar=_named(calendar))


def _longer(deadline: Deadline, amount: int, unit: str, calendar: Calendar, zone: str) -> tuple[datetime, tuple[str, ...]]:
    if "hours" in (unit, deadline.unit):  # a term that does not end with a day has no last day to go on from
        longer = reckoning.due(amount, unit, deadline.due, calendar, zone)
        return longer.due, deadline.days + longer.days
    counted = max((day.number for day in read_days(deadline.days)), default=0)
    last, days = reckoning.advance(reckoning.last_day(deadline.due, zone), amount, unit, calendar, counted)
    return reckoning.end_of(last, zone), deadline.days + tuple(map(str, days))


def stop(deadline: Deadline, now: datetime) -> Deadline:
    """Return the deadline with its clock standing since now.

    Raises:
        ConflictError: the deadline does not run, or has run out.
    """
    if deadline.status != "running":
        raise ConflictError("EF-T015", deadline=deadline.name, status=deadline.status)
    if now >= deadline.due:
        raise ConflictError("EF-T014", deadline=deadline.name, due=deadline.due.isoformat())
    return attrs.evolve(deadline, status="stopped", stopped=now)


def resume(deadline: Deadline, now: datetime, calendar: Calendar, zone: str) -> Deadline:
    """Return the deadline running again, later by what its clock stood still.

    Raises:
        ConflictError: the clock does not stand.
    """
    if deadline.status != "stopped" or deadline.stopped is None:
        raise ConflictError("EF-T016", deadline=deadline.name, status=deadline.status)
    running = attrs.evolve(deadline, status="running", stopped=None)
    if deadline.unit == "hours":
        return attrs.evolve(running, due=deadline.due + (now - deadline.stopped))
    stopped, resumed = reckoning.local_day(deadline.stopped, zone), reckoning.local_day(now, zone)
    if stopped >= resumed:
        return running
    last, days = _after_standing(deadline, stopped, resumed, calendar, zone)
    return attrs.evolve(running, due=reckoning.end_of(last, zone), days=days, calendar=_named(calendar))


def _after_standing(deadline: Deadline, stopped: date, resumed: date, calendar: Calendar, zone: str) -> tuple[date, tuple[str, ...]]:
    known = read_days(deadline.days)
    kept = [day for day in known if day.day <= stopped]
    old = reckoning.last_day(deadline.due, zone)
    if deadline.unit == "working days":
        stood = reckoning.working_days_between(stopped, resumed, calendar)
        standing = [CountedDay(stopped + timedelta(days=n), 0, STOOD_STILL) for n in range(1, (resumed - stopped).days + 1)]
        last = max(
            reckoning.advance(old, stood, deadline.unit, calendar)[0], resumed
        )  # stopped on its last day, it ends with the day it resumes
        counted = max((day.number for day in kept), default=0)
        left = reckoning.working_days_between(resumed, last, calendar)
        rest = reckoning.advance(resumed, left, deadline.unit, calendar, counted)[1]
    else:
        last = old + (resumed - stopped)
        total = max((day.number for day in known), default=0)
        standing = [CountedDay(day, 0, STOOD_STILL) for day in sorted({stopped + reckoning.ONE_DAY, resumed})]
        rest = (CountedDay(last, total, calendar.day(last).reason),)
    return last, tuple(map(str, (*kept, *standing, *rest)))


def meet(deadline: Deadline, now: datetime) -> Deadline:
    """Return the deadline with what it asks for done: `met`, or still `expired` when that came too late.

    Raises:
        ConflictError: it was met or withdrawn before.
    """
    if deadline.status in ("met", "withdrawn") or deadline.ended is not None:
        raise ConflictError("EF-T018", deadline=deadline.name, status=deadline.status)
    late = deadline.status == "expired" or (deadline.status == "running" and now >= deadline.due)
    return attrs.evolve(deadline, status="expired" if late else "met", ended=now, stopped=None)


def expire(deadline: Deadline, now: datetime) -> Deadline:
    """Return the deadline expired; `ended` stays empty until what it asks for is done, late.

    Raises:
        ConflictError: it does not run, or its time has not come.
    """
    if deadline.status != "running" or now < deadline.due:
        raise ConflictError("EF-T017", deadline=deadline.name, status=deadline.status, due=deadline.due.isoformat())
    return attrs.evolve(deadline, status="expired")


def withdraw(deadline: Deadline, now: datetime) -> Deadline:
    """Return the deadline without effect from now on, because its case ended otherwise.

    Raises:
        ConflictError: it neither runs nor stands.
    """
    if deadline.status not in ("running", "stopped"):
        raise ConflictError("EF-T018", deadline=deadline.name, status=deadline.status)
    return attrs.evolve(deadline, status="withdrawn", ended=now, stopped=None)


def in_time(deadline: Deadline) -> bool | None:
    """Return whether the deadline was kept; None while it runs or stands, and when it was withdrawn."""
    return {"met": True, "expired": False}.get(deadline.status)

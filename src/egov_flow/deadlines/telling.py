# SPDX-License-Identifier: Apache-2.0
"""Why is this the date? The reckoning of a deadline, told to officer, applicant and judge."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import attrs

from egov_flow.deadlines._days import CountedDay, read_days
from egov_flow.deadlines.reckoning import zone_of
from egov_flow.texts import render
from egov_flow.values import Deadline

WEEKDAYS = {"Saturday": "EF-T931", "Sunday": "EF-T932", "Monday": "EF-T933", "Tuesday": "EF-T934", "Wednesday": "EF-T935",
            "Thursday": "EF-T936", "Friday": "EF-T937", "the clock stood still": "EF-T938", "no working day": "EF-T939"}  # fmt: skip


def why(deadline: Deadline, language: str = "en", zone: str = "") -> tuple[str, ...]:
    """Return why the deadline ends when it ends, one line each: the rule, its legal basis, every day, and what changed it since.

    A legal basis that nobody has compared with the official text is told as unverified. Names of holidays stay as the calendar gave them. Moments are
    told in `zone` (the procedure's), or as the deadline holds them.
    """
    if zone:
        deadline = _in_zone(deadline, zone_of(zone))
    return (
        _say(
            "EF-T901",
            language,
            deadline=deadline.name,
            amount=deadline.amount,
            unit=_unit(deadline.unit, language),
            opened=_moment(deadline.opened),
        ),
        _basis(deadline, language),
        _say("EF-T904", language, calendar=deadline.calendar),
        *(_day(line, language) for line in deadline.days),
        *_changes(deadline, language),
        _end(deadline, language),
    )


def _say(code: str, language: str, **arguments: object) -> str:
    return render(code, "message", {name: str(value) for name, value in arguments.items()}, language)


def _in_zone(deadline: Deadline, zone: ZoneInfo) -> Deadline:
    moments = {name: getattr(deadline, name) for name in ("opened", "due", "stopped", "ended")}
    return attrs.evolve(deadline, **{name: moment.astimezone(zone) for name, moment in moments.items() if moment is not None})


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M %z}"


def _unit(unit: str, language: str) -> str:
    codes = {"working days": "EF-T921", "calendar days": "EF-T922", "weeks": "EF-T923", "months": "EF-T924", "hours": "EF-T925"}
    return _say(codes[unit], language)


def _basis(deadline: Deadline, language: str) -> str:
    if not deadline.legal_basis:
        return _say("EF-T903", language)
    return _say("EF-T902" if deadline.verified else "EF-T905", language, basis=deadline.legal_basis)


def _day(line: str, language: str) -> str:
    day = CountedDay.read(line)
    if day is None:
        return line
    reason = _say(WEEKDAYS[day.reason], language) if day.reason in WEEKDAYS else day.reason
    if not day.number:
        return _say("EF-T912", language, day=day.day, reason=reason)
    return _say("EF-T913" if reason else "EF-T911", language, day=day.day, number=day.number, reason=reason)


def _changes(deadline: Deadline, language: str) -> tuple[str, ...]:
    lines = []
    if deadline.extensions:
        lines.append(_say("EF-T906", language, times=deadline.extensions, reason=deadline.reason or "–"))
    if deadline.stopped is not None:
        lines.append(_say("EF-T907", language, stopped=_moment(deadline.stopped)))
    return tuple(lines)


def _end(deadline: Deadline, language: str) -> str:
    code = {"met": "EF-T942", "withdrawn": "EF-T943", "expired": "EF-T944" if deadline.ended else "EF-T945"}.get(deadline.status, "EF-T941")
    days = read_days(deadline.days) if deadline.unit != "hours" else ()
    due = _say("EF-T946", language, day=days[-1].day) if days else _moment(deadline.due)
    return _say(code, language, due=due, ended=_moment(deadline.ended) if deadline.ended else "")

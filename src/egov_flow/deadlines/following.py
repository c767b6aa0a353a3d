# SPDX-License-Identifier: Apache-2.0
"""Deadlines follow the case: what happens in a step opens, meets, stops, resumes or withdraws them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import attrs

from egov_flow.deadlines import clocks
from egov_flow.ports import Calendar
from egov_flow.procedure.model import DeadlineRule, Procedure, Trigger
from egov_flow.values import Deadline, Occurrence

COMPLETED = ("completed", "left")
CASE_ENDS = ("completed", "cancelled", "failed")


def happened(trigger: Trigger, occurrence: Occurrence, process: str = "") -> bool:
    """Return whether an occurrence is what a trigger waits for; `process` is the id of the process, for the start of the case."""
    if not trigger.element:
        return occurrence.kind == "started" and occurrence.element in ("", process)
    if occurrence.element != trigger.element:
        return False
    return occurrence.kind in (COMPLETED if trigger.on == "completed" else ("entered",))


def follow(
    rules: Iterable[DeadlineRule],
    known: Iterable[Deadline],
    occurrences: Iterable[Occurrence],
    *,
    case: str,
    now: datetime,
    calendar: Calendar,
    zone: str,
    procedure: Procedure,
) -> tuple[Deadline, ...]:
    """Return the deadlines that a step opened or changed, in the order of the rules.

    A trigger that comes again while its clock runs does not restart it; after the deadline has ended it opens anew. A deadline whose end comes
    when its time is over stays `expired` and gets its `ended`. When the case ends, a deadline that names no end is met by that; others are withdrawn.

    Args:
        rules: of the procedure's version.
        known: all deadlines of the case so far.
        occurrences: of the step, in order.
        case: its id.
        now: when the step happened; aware.
        calendar: counts the working days.
        zone: in which days begin and end.
        procedure: whose legal bases say which rule is verified.

    Raises:
        InvalidData: a rule cannot be counted by this calendar.
    """
    following = _Following(case, now, calendar, zone, procedure, {d.name: d for d in known})
    rules = tuple(rules)
    for occurrence in occurrences if rules else ():
        for rule in rules:
            following.see(rule, occurrence)
    return tuple(following.deadlines[rule.name] for rule in rules if rule.name in following.changed)


@attrs.define
class _Following:
    case: str
    now: datetime
    calendar: Calendar
    zone: str
    procedure: Procedure
    deadlines: dict[str, Deadline]
    changed: set[str] = attrs.field(factory=set)

    def see(self, rule: DeadlineRule, occurrence: Occurrence) -> None:
        """Let one occurrence change the deadline of one rule."""
        old = self.deadlines.get(rule.name)
        new = self._changed(rule, old, occurrence)
        if new is not None and new != old:
            self.deadlines[rule.name] = new
            self.changed.add(rule.name)

    def _changed(self, rule: DeadlineRule, old: Deadline | None, occurrence: Occurrence) -> Deadline | None:
        if old is None or old.ended is not None:
            return self._begun(rule) if self._any((rule.starts,), occurrence) else old
        if self._any(rule.ends, occurrence):
            return clocks.meet(old, self.now)
        if occurrence.kind in CASE_ENDS and occurrence.element in ("", self.procedure.process_id):
            return self._at_the_end(rule, old, is_completed=occurrence.kind == "completed")
        if old.status == "running" and self._any(rule.stops, occurrence):
            return clocks.expire(old, self.now) if self.now >= old.due else clocks.stop(old, self.now)
        if old.status == "stopped" and self._any(rule.resumes, occurrence):
            return clocks.resume(old, self.now, self.calendar, self.zone)
        return old

    def _any(self, triggers: tuple[Trigger, ...], occurrence: Occurrence) -> bool:
        return any(happened(trigger, occurrence, self.procedure.process_id) for trigger in triggers)

    def _at_the_end(self, rule: DeadlineRule, old: Deadline, *, is_completed: bool) -> Deadline:
        if is_completed and not rule.ends:
            return clocks.meet(old, self.now)
        if old.status == "running" and self.now >= old.due:
            return clocks.expire(old, self.now)
        return old if old.status == "expired" else clocks.withdraw(old, self.now)

    def _begun(self, rule: DeadlineRule) -> Deadline:
        bases = [self.procedure.basis(basis) for basis in rule.legal_basis]
        verified = bool(bases) and all(basis is not None and basis.verified for basis in bases)
        return clocks.begin(rule, self.case, self.now, self.calendar, self.zone, verified=verified)

# SPDX-License-Identifier: Apache-2.0
"""What many cases say together: outcomes, deadlines kept, how often each way was taken. Aggregates only: no person, no case id, no data of a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from statistics import median

import attrs

from egov_flow.agency import Case
from egov_flow.bpmn import FlowNode
from egov_flow.procedure import Procedure
from egov_flow.values import Deadline, Event

__all__ = ["DeadlineFigures", "Figures", "Outcome", "figures"]

DAY = timedelta(days=1)


@attrs.frozen
class Outcome:
    """How cases ended: the named end events they reached, in the diagram's order, or the status of those that did not complete."""

    ends: tuple[str, ...]
    status: str
    count: int


@attrs.frozen(kw_only=True)
class DeadlineFigures:
    """One statutory deadline over all cases.

    Attributes:
        met, late: what it asks for was done in time; or not, or not yet although the time is over.
        running: open, in time so far; `withdrawn`: the case ended otherwise.
        extended: how many were extended.
        median_days: calendar days from its opening until it was met or done too late; None if it never was.
        is_ours: the agency has to keep it; False for a time that the applicant may use (all that meets it are messages).
    """

    name: str
    met: int = 0
    late: int = 0
    running: int = 0
    withdrawn: int = 0
    extended: int = 0
    median_days: float | None = None
    is_ours: bool = True


@attrs.frozen(kw_only=True)
class Figures:
    """All figures of some cases of one procedure.

    Attributes:
        cases: how many; `statuses`: how many of each status.
        events: recorded in their audit trails.
        outcomes: most frequent first.
        deadlines: in the procedure's order, those that ever opened.
        counts: how often each element was entered and each sequence flow taken, by id.
        resting: how many cases wait at each element now, by id.
        median_days: calendar days from start to end of the completed cases; None if there are none.
    """

    cases: int
    statuses: Mapping[str, int] = attrs.field(hash=False)
    events: int = 0
    outcomes: tuple[Outcome, ...] = ()
    deadlines: tuple[DeadlineFigures, ...] = ()
    counts: Mapping[str, int] = attrs.field(factory=dict, hash=False)
    resting: Mapping[str, int] = attrs.field(factory=dict, hash=False)
    median_days: float | None = None


def figures(procedure: Procedure, cases: Sequence[Case], histories: Mapping[str, Sequence[Event]]) -> Figures:
    """Count what became of cases.

    Args:
        procedure: the version that they ran on.
        cases: as an agency gives them to somebody who may see all of them.
        histories: the audit events of each, by case id.
    """
    counts: Counter[str] = Counter()
    for history in histories.values():
        counts.update(event.element for event in history if event.kind in {"entered", "taken"})
    lasted = [(case.updated - case.created) / DAY for case in cases if case.status == "completed"]
    return Figures(
        cases=len(cases),
        statuses=dict(Counter(case.status for case in cases)),
        events=sum(map(len, histories.values())),
        outcomes=_outcomes(procedure, cases, histories),
        deadlines=tuple(_deadlines(procedure, cases)),
        counts=dict(counts),
        resting=dict(Counter(element for case in cases for element in case.waiting)),
        median_days=median(lasted) if lasted else None,
    )


def _outcomes(procedure: Procedure, cases: Iterable[Case], histories: Mapping[str, Sequence[Event]]) -> tuple[Outcome, ...]:
    process = procedure.process
    ends = [node.id for node in process.content.nodes if node.kind == "endEvent"] if process else []
    found: Counter[tuple[tuple[str, ...], str]] = Counter()
    for case in cases:
        reached = {event.element for event in histories.get(case.id, ()) if event.kind == "entered"}
        is_complete = case.status == "completed"
        found[tuple(end for end in ends if end in reached) if is_complete else (), case.status] += 1
    ordered = sorted(found.items(), key=lambda item: (item[0][1] != "completed", -item[1], item[0]))
    return tuple(Outcome(reached, status, count) for (reached, status), count in ordered)


def _deadlines(procedure: Procedure, cases: Iterable[Case]) -> Iterable[DeadlineFigures]:
    by_name: dict[str, list[Deadline]] = {rule.name: [] for rule in procedure.deadlines}
    for case in cases:
        for deadline in case.deadlines:
            by_name.setdefault(deadline.name, []).append(deadline)
    for name, opened in by_name.items():
        if opened:
            yield _of_deadline(name, opened, is_ours=_is_ours(procedure, name))


def _is_ours(procedure: Procedure, name: str) -> bool:
    ends = [procedure.node(trigger.element) for rule in procedure.deadlines if rule.name == name for trigger in rule.ends]
    awaited = [node is not None and (node.kind == "receiveTask" or _is_message(node)) for node in ends]
    return not awaited or not all(awaited)


def _is_message(node: FlowNode) -> bool:
    definitions = node.event.definitions if node.event else ()
    return bool(definitions) and all(definition.kind == "message" for definition in definitions)


def _of_deadline(name: str, opened: Sequence[Deadline], *, is_ours: bool) -> DeadlineFigures:
    statuses = Counter(deadline.status for deadline in opened)
    days = [(d.ended - d.opened) / DAY for d in opened if d.ended is not None and d.status in {"met", "expired"}]
    return DeadlineFigures(
        name=name,
        met=statuses["met"],
        late=statuses["expired"],
        running=statuses["running"] + statuses["stopped"],
        withdrawn=statuses["withdrawn"],
        extended=sum(deadline.extensions > 0 for deadline in opened),
        median_days=median(days) if days else None,
        is_ours=is_ours,
    )

# SPDX-License-Identifier: Apache-2.0
"""From a step's work to tasks that people find: who may take it, with which form, until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from egov_flow import feel
from egov_flow.bpmn import group_formulas
from egov_flow.data import EMPTY, YearMonthDuration
from egov_flow.errors import FeelError, Finding, InvalidData
from egov_flow.procedure.model import Procedure
from egov_flow.values import Deadline, Task, WorkChange
from egov_flow.work.roles import candidate_groups, candidate_persons, role_of

HUMAN = ("userTask", "manualTask")


def open_tasks(
    procedure: Procedure,
    changes: Iterable[WorkChange],
    *,
    case: str,
    now: datetime,
    deadlines: Iterable[Deadline] = (),
    applicant: str = "",
) -> tuple[Task, ...]:
    """Return the tasks that a step opened; changes of other kinds open none.

    The applicant's own tasks are assigned to the applicant at once. A task names the deadline that ends first of those that run.

    Args:
        procedure: the case's version.
        changes: the step's work.
        case: its id.
        now: when the step happened; aware.
        deadlines: of the case.
        applicant: id of the actor that started the case.

    Raises:
        InvalidData: a link's `due` is no duration (`findings` tells it when the procedure is deployed).
    """
    running = sorted((d.due, d.name) for d in deadlines if d.status == "running")
    deadline = running[0][1] if running else ""
    opened = [change for change in changes if change.change == "opened"]
    return tuple(_task(procedure, change, case, now, deadline, applicant) for change in opened)


def _task(procedure: Procedure, change: WorkChange, case: str, now: datetime, deadline: str, applicant: str) -> Task:  # noqa: PLR0917 - private
    node, link = procedure.node(change.element), procedure.link(change.element)
    role = role_of(procedure, change.element)
    return Task(
        id=f"{case}/{change.token}",
        case=case,
        element=change.element,
        name=(node.name if node else "") or change.element,
        role=role,
        candidates=tuple(
            dict.fromkeys(
                (*candidate_groups(procedure, change.element, role), *change.groups, *candidate_persons(procedure, change.element))
            )
        ),
        assignee=applicant if role and role == procedure.applicant_role else "",
        form=(link.form if link else "") or (node.vendor.form if node else ""),
        created=now,
        due=_due(link.due, now, change.element) if link and link.due else None,
        deadline=deadline,
    )


def _due(text: str, now: datetime, element: str) -> datetime:
    try:
        return feel.add_duration(now, _duration(text))
    except (FeelError, TypeError) as cause:
        raise InvalidData("EF-W010", element=element) from cause


def _duration(text: str) -> timedelta | YearMonthDuration:
    """Read `PT8H`, or a FEEL expression that needs no variable, such as `duration("PT8H")`."""
    text = text.strip()
    value = feel.parse_duration(text) if text.startswith("P") else feel.compile(text)(EMPTY)
    if not isinstance(value, timedelta | YearMonthDuration):
        raise TypeError("no duration")
    return value


def findings(procedure: Procedure) -> tuple[Finding, ...]:
    """Return what would keep people from their work: human tasks that nobody may take, and dues that are no durations."""
    found = []
    for node in procedure.model.nodes():
        if node.kind in HUMAN and not (role_of(procedure, node.id) or candidate_persons(procedure, node.id) or group_formulas(node)):
            place = node.origin.place
            found.append(Finding.of("EF-W011", place, severity="warning", element=node.id, name=node.name, type=node.kind))
    wrong = (link for link in procedure.links if link.due and not _is_duration(link.due))
    return (*found, *(Finding.of("EF-W010", link.place, element=link.element) for link in wrong))


def _is_duration(text: str) -> bool:
    try:
        _duration(text)
    except (FeelError, TypeError):
        return False
    return True

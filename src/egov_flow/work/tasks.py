# SPDX-License-Identifier: Apache-2.0
"""What happens to a task: claimed, released, assigned, ended; and what of it somebody may read. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from egov_flow.data import EMPTY, Context
from egov_flow.errors import AlreadyCompleted, ConflictError, NotAllowed
from egov_flow.procedure.model import Procedure
from egov_flow.values import SYSTEM, Actor, Task
from egov_flow.work.eligibility import Decision


def _open_to(task: Task, decision: Decision) -> None:
    decision.demand()
    if task.status != "open":
        raise AlreadyCompleted("EF-W005", task=task.id, status=task.status)


def claim(task: Task, actor: Actor, decision: Decision) -> Task:
    """Return the task as the actor's own; claiming what one has changes nothing.

    Raises:
        NotAllowed: the actor is not eligible.
        AlreadyCompleted: it was completed or withdrawn.
        ConflictError: somebody else has it.
    """
    _open_to(task, decision)
    if task.assignee and task.assignee != actor.id:
        raise ConflictError("EF-W006", task=task.id, assignee=task.assignee)
    return attrs.evolve(task, assignee=actor.id)


def release(task: Task, actor: Actor, decision: Decision) -> Task:
    """Return the task as nobody's; only who has it (or the system) gives it back.

    Raises:
        NotAllowed: the actor is not eligible, or somebody else has it.
        AlreadyCompleted: it was completed or withdrawn.
        ConflictError: nobody has it.
    """
    _open_to(task, decision)
    if not task.assignee:
        raise ConflictError("EF-W008", task=task.id)
    _own(task, actor)
    return attrs.evolve(task, assignee="")


def assign(task: Task, receiver: Actor, decision: Decision, receivers: Decision) -> Task:
    """Return the task as the receiver's, whoever had it.

    Args:
        task: to be assigned.
        receiver: who gets it.
        decision: whether the one who assigns may do so.
        receivers: whether the receiver is eligible.

    Raises:
        NotAllowed: one of the two is not allowed.
        AlreadyCompleted: it was completed or withdrawn.
    """
    _open_to(task, decision)
    receivers.demand()
    return attrs.evolve(task, assignee=receiver.id)


def may_complete(task: Task, actor: Actor, decision: Decision) -> None:
    """Let an actor complete a task, or raise; one that nobody has is taken by completing it.

    Raises:
        NotAllowed: the actor is not eligible, or somebody else has it.
        AlreadyCompleted: it was completed or withdrawn.
    """
    _open_to(task, decision)
    _own(task, actor)


def end(task: Task, status: str, now: datetime, by: str = "") -> Task:
    """Return an open task as it ends.

    Args:
        status: `completed`, or `withdrawn` because the case went on without it.
        by: who completed it; whoever had it stays named.
    """
    return Task(  # named field by field, since `attrs.evolve` takes half as long again, and nearly every step ends a task
        id=task.id,
        case=task.case,
        element=task.element,
        name=task.name,
        role=task.role,
        candidates=task.candidates,
        assignee=task.assignee or by,
        form=task.form,
        data=task.data,
        created=task.created,
        due=task.due,
        deadline=task.deadline,
        status=status,
        ended=now,
        ended_by=by,
    )


def _own(task: Task, actor: Actor) -> None:
    if task.assignee and task.assignee != actor.id and actor != SYSTEM:
        raise NotAllowed("EF-W007", task=task.id, actor=actor.id)


def readable_task(task: Task, procedure: Procedure, variables: Context, decision: Decision, *, knows_case: bool) -> Task:
    """Return the task with the data that somebody with this decision may read, and without any if it is a refusal.

    A form shows the variables that it has fields for, save those marked `writeOnly`. Without a form an officer sees all variables of the case;
    the applicant, and who is only named by the diagram, see those declared public.

    Args:
        task: to be read.
        procedure: the case's version.
        variables: as they are seen at the task.
        decision: of `eligible`.
        knows_case: whether the reader may read the whole case (`may_read_case`).
    """
    if not decision.allowed:
        return attrs.evolve(task, data=EMPTY)
    form = procedure.form(task.form) if task.form else None
    if form is not None:
        shown = _fields(form.schema)
    elif (task.role and task.role == procedure.applicant_role) or (decision.is_named and not knows_case):
        shown = frozenset(rule.name for rule in procedure.data if rule.protection == "public")
    else:
        return attrs.evolve(task, data=variables)
    return attrs.evolve(task, data=Context({name: value for name, value in variables.items() if name in shown}))


def _fields(schema: Mapping[str, Any]) -> frozenset[str]:
    fields = schema.get("properties", {})
    return frozenset(name for name, field in fields.items() if not (isinstance(field, Mapping) and field.get("writeOnly") is True))

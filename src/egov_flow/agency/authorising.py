# SPDX-License-Identifier: Apache-2.0
"""Who may do what to a case, beyond its tasks (those: `egov_flow.work`). Deny by default; every permit names its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from egov_flow import work
from egov_flow.agency.recording import Permit
from egov_flow.agency.wiring import Wiring
from egov_flow.errors import NotAllowed, NotFound
from egov_flow.procedure import Procedure
from egov_flow.values import SYSTEM, Actor, CaseRecord, Command, Task

__all__ = ["is_administrator", "may_act", "may_deploy"]

REPAIRS = frozenset({"retry", "resolve", "move", "correct", "suspend", "resume", "cancel", "signal"})
"""What an administrator does; the applicant may cancel the own case too."""
OFFICE = frozenset({"extend", "comment", "send", "begin", "end"})
"""What everybody with a role of the agency in the procedure does."""
APPLICANT = frozenset({"comment", "send", "cancel"})
WORKER = frozenset({"comment"})
"""What they do besides who know of the case only by a task in it that they may do."""


def is_administrator(wiring: Wiring, actor: Actor) -> bool:
    """Return whether somebody may repair cases, oversee them and deploy: the system and the role `administrator`."""
    return actor == SYSTEM or work.OVERSIGHT in work.counting_roles(actor, wiring.confirmed(actor))


def may_deploy(wiring: Wiring, actor: Actor) -> Permit:
    """Return the permit to change the registry; raises NotAllowed."""
    if not is_administrator(wiring, actor):
        raise NotAllowed("EF-A003", actor=actor.id, command="deploy", needed=work.OVERSIGHT)
    return Permit("system" if actor == SYSTEM else f"role {work.OVERSIGHT}")


def may_act(
    wiring: Wiring, command: Command, record: CaseRecord | None, procedure: Procedure, open_tasks: Callable[[], Iterable[Task]] = tuple
) -> Permit:
    """Return the permit for a command that concerns no single task.

    Args:
        open_tasks: returns those of the case; asked only for who may not read it whole.

    Raises:
        NotAllowed: no rule allows it; the text names what would.
        NotFound: the actor may not even know that the case exists.
    """
    actor, kind = command.by, command.kind
    if actor == SYSTEM:
        return Permit("system")
    if record is None:
        return Permit("start: open to everybody", _claimed(wiring, actor))
    confirmed = wiring.confirmed(actor)
    access = work.may_read_case(actor, record, procedure, confirmed)
    if not access.allowed:
        return _by_task(command, record, procedure, confirmed, open_tasks())
    if kind in REPAIRS and work.OVERSIGHT in work.counting_roles(actor, confirmed):
        return Permit(f"role {work.OVERSIGHT}", access.affiliation)
    if kind in OFFICE and work.counting_roles(actor, confirmed) & procedure.office_roles:
        return Permit(access.policy, access.affiliation)
    if kind in APPLICANT and actor.id == record.applicant:
        return Permit("applicant", access.affiliation)
    raise _refusal(command)


def _by_task(
    command: Command, record: CaseRecord, procedure: Procedure, confirmed: work.Confirmed | None, open_tasks: Iterable[Task]
) -> Permit:
    """Return the permit of who knows of a case only because the diagram names them for a task of it that is open."""
    decisions = (work.eligible(command.by, t, procedure=procedure, applicant=record.applicant, confirmed=confirmed) for t in open_tasks)
    decision = next((d for d in decisions if d.allowed), None)
    if decision is None:
        raise NotFound("EF-A001", case=record.id)
    if command.kind not in WORKER:
        raise _refusal(command)
    return Permit(decision.policy, decision.affiliation)


def _refusal(command: Command) -> NotAllowed:
    actor, kind = command.by, command.kind
    if kind in OFFICE:
        return NotAllowed("EF-A058", actor=actor.id, command=kind)
    return NotAllowed("EF-A003", actor=actor.id, command=kind, needed=work.OVERSIGHT if kind in REPAIRS else SYSTEM.id)


def _claimed(wiring: Wiring, actor: Actor) -> str:
    roles = ",".join(sorted(actor.roles))
    return f"{'claimed' if wiring.directory is None else 'confirmed'}:{roles}" if roles else ""

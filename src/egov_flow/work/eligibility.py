# SPDX-License-Identifier: Apache-2.0
"""Who may take and do a task. Denied by default; the first rule that decides is named, and its name goes into the audit trail.

The order is fixed: the tenant (the store hands out nothing of another one), access to the case, eligibility for the task, separation of duties.
A refusal never depends on a rule behind the one that refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs

from egov_flow.errors import NotAllowed
from egov_flow.procedure.model import Obligation, Procedure
from egov_flow.values import SYSTEM, Actor, CaseRecord, Task
from egov_flow.work.roles import candidate_persons

OVERSIGHT = "administrator"


@attrs.frozen
class Confirmed:
    """What a directory says of an actor: the roles, the office, and the human behind the account; "" for what it does not know."""

    roles: frozenset[str] = frozenset()
    office: str = ""
    person: str = ""


Doers = Mapping[str, Collection[str]]
"""Element → the persons (not accounts) that completed it in this case."""


@attrs.frozen(kw_only=True)
class Decision:
    """Whether somebody may, by which rule, and as whom.

    Attributes:
        policy: the rule that decided: `system`, `applicant`, `role ppid`, `candidate officer:3`, `not_same_person four_eyes`, …
        affiliation: office and role used, `claimed:` or `confirmed:`, as events record it.
        code, arguments: of the refusal's text; empty when allowed.
        is_named: allowed only because the diagram names the actor, a group or an office; no role of the task gives it.
    """

    allowed: bool
    policy: str
    affiliation: str = ""
    is_named: bool = False
    code: str = ""
    arguments: Mapping[str, str] = attrs.field(factory=dict, hash=False)

    def demand(self) -> None:
        """Raise NotAllowed with the rule's own text unless it is allowed."""
        if not self.allowed:
            raise NotAllowed(self.code, **self.arguments)


OF_SYSTEM = Decision(allowed=True, policy="system")


def person_of(actor: Actor, confirmed: Confirmed | None = None) -> str:
    """Return the human behind an account, as the directory knows it and else as the actor says: what the separation of duties compares."""
    return (confirmed.person if confirmed else "") or actor.person or actor.id


def counting_roles(actor: Actor, confirmed: Confirmed | None) -> frozenset[str]:
    """Return the roles that count: the claimed ones that a directory confirms, all it knows if none is claimed; without one the claimed ones."""
    if confirmed is None:
        return actor.roles
    return confirmed.roles & actor.roles if actor.roles else confirmed.roles


def counting_office(actor: Actor, confirmed: Confirmed | None) -> str:
    """Return the office that counts, as `counting_roles` does; "" for none."""
    claimed = actor.office or ""
    if confirmed is None:
        return claimed
    return confirmed.office if claimed in {"", confirmed.office} else ""


def eligible(
    actor: Actor,
    task: Task,
    *,
    procedure: Procedure,
    applicant: str,
    confirmed: Confirmed | None = None,
    done_by: Doers | None = None,
) -> Decision:
    """Return whether an actor may take and complete a task.

    Args:
        actor: who asks.
        task: of a case of the actor's tenant.
        procedure: the case's version, for its roles and its obligations `not_same_person`.
        applicant: id of the actor that started the case.
        confirmed: what the Directory says of the actor; None if there is no Directory, and what is claimed is trusted.
        done_by: who completed what in this case so far.
    """
    if actor == SYSTEM:
        return OF_SYSTEM
    decision = _may_take(actor, task, procedure, applicant, confirmed)
    if not decision.allowed:
        return decision
    return _kept_apart(actor, task, procedure, done_by or {}, person_of(actor, confirmed)) or decision


def _may_take(actor: Actor, task: Task, procedure: Procedure, applicant: str, confirmed: Confirmed | None) -> Decision:
    of_applicant = procedure.applicant_role
    if task.role and task.role == of_applicant:
        if actor.id == applicant:
            return Decision(allowed=True, policy="applicant", affiliation=_affiliation(actor, task.role, confirmed))
        return _refusal("applicant", "EF-W003", actor, task)
    roles = counting_roles(actor, confirmed) - {of_applicant}
    if task.role and task.role in roles:
        return Decision(allowed=True, policy=f"role {task.role}", affiliation=_affiliation(actor, task.role, confirmed))
    named = _named(actor, task, procedure, roles | {counting_office(actor, confirmed)} - {""})
    if named:
        return Decision(allowed=True, policy=f"candidate {named}", affiliation=_affiliation(actor, named, confirmed), is_named=True)
    return _refusal("eligibility", "EF-W001", actor, task, role=task.role or "–")


def _named(actor: Actor, task: Task, procedure: Procedure, mine: frozenset[str]) -> str:
    """Return as what the diagram names the actor. Persons are looked up apart from groups: an account called like a group is not its member."""
    persons = candidate_persons(procedure, task.element)
    if actor.id in persons:
        return actor.id
    return next((group for group in task.candidates if group in mine and group not in persons), "")


def _kept_apart(actor: Actor, task: Task, procedure: Procedure, done_by: Doers, person: str) -> Decision | None:
    for obligation in procedure.obligations:
        other = _other_by_same(obligation, task.element, person, done_by)
        if other:
            policy = f"not_same_person {obligation.id}"
            return _refusal(policy, "EF-W002", actor, task, obligation=obligation.id, other=other)
    return None


def _other_by_same(obligation: Obligation, element: str, person: str, done_by: Doers) -> str:
    if obligation.kind != "not_same_person" or element not in obligation.elements:
        return ""
    return next((other for other in obligation.elements if other != element and person in done_by.get(other, ())), "")


def _refusal(policy: str, code: str, actor: Actor, task: Task, **arguments: str) -> Decision:
    return Decision(
        allowed=False, policy=policy, code=code, arguments={"actor": actor.id, "task": task.id, "element": task.element, **arguments}
    )


def _affiliation(actor: Actor, role: str, confirmed: Confirmed | None) -> str:
    office = counting_office(actor, confirmed)
    office = f"{office}/" if office else ""
    return f"{'claimed' if confirmed is None else 'confirmed'}:{office}{role}"


def may_read_case(actor: Actor, record: CaseRecord, procedure: Procedure, confirmed: Confirmed | None = None) -> Decision:
    """Return whether an actor may know of a case: the system, its applicant, and whoever has a role of the agency in its procedure."""
    if actor == SYSTEM:
        return OF_SYSTEM
    if actor.id == record.applicant:
        return Decision(allowed=True, policy="applicant", affiliation=_affiliation(actor, procedure.applicant_role, confirmed))
    roles = counting_roles(actor, confirmed)
    used = sorted(roles & (procedure.office_roles | {OVERSIGHT}))
    if used:
        return Decision(allowed=True, policy=f"role {used[0]}", affiliation=_affiliation(actor, used[0], confirmed))
    return Decision(allowed=False, policy="case access", code="EF-W004", arguments={"actor": actor.id, "case": record.id})

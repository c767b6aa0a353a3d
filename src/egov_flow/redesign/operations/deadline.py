# SPDX-License-Identifier: Apache-2.0
"""`deadline`: shorten what an office has, say what follows from its expiry, or add a deadline; never give an office more time than the law does.

Contract: without an expiry the runs are the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import Splice
from egov_flow.errors import Finding, RedesignError
from egov_flow.procedure import DeadlineRule, Procedure, Trigger
from egov_flow.redesign._editing import edited, settings_of
from egov_flow.redesign._steps import scope_of
from egov_flow.redesign._yaml import Spans, scalar
from egov_flow.redesign.model import Change, SetDeadline

__all__ = ["set_deadline"]

_HOURS = {"hours": 1, "calendar days": 24, "weeks": 168}


def set_deadline(procedure: Procedure, operation: SetDeadline, change: Change) -> Procedure:
    """Change or add a deadline in procedure.yaml.

    Raises:
        RedesignError: no legal basis, more time than before, units that cannot be compared, time taken from the applicant, or an unknown element.
    """
    place = operation.place
    present = next((d for d in procedure.deadlines if d.name == operation.name), None)
    findings = list(_common(operation, change))
    findings += _changed(procedure, present, operation) if present else _added(procedure, operation)
    spans = settings_of(procedure)
    if spans is None:
        findings.append(Finding.of("EF-R046", place, element=f"deadlines.{operation.name}"))
    if findings or spans is None:
        raise RedesignError(findings)
    return edited(procedure, settings=_edits(spans, operation) if present else [_entry(spans, operation, change)])


def _common(operation: SetDeadline, change: Change) -> Iterator[Finding]:
    element = f"deadlines.{operation.name}"
    if not change.legal_basis:
        yield Finding.of("EF-R040", operation.place, element=element)
    if operation.amount is None and not operation.unit and not operation.on_expiry:
        yield Finding.of("EF-R045", operation.place, element=element)


def _changed(procedure: Procedure, present: DeadlineRule, operation: SetDeadline) -> Iterator[Finding]:
    element, place = f"deadlines.{present.name}", operation.place
    if operation.starts is not None or operation.ends:
        yield Finding.of("EF-R044", place, element=element)
    amount, unit = operation.amount or present.amount, operation.unit or present.unit
    if (amount, unit) == (present.amount, present.unit):
        return
    before, after = f"{present.amount} {present.unit}", f"{amount} {unit}"
    if unit != present.unit and not {unit, present.unit} <= set(_HOURS):
        yield Finding.of("EF-R042", place, element=element, before=before, after=after)
    elif amount * _HOURS.get(unit, 1) > present.amount * _HOURS.get(present.unit, 1):
        yield Finding.of("EF-R041", place, element=element, before=before, after=after)
    if any(_is_of_applicant(procedure, trigger.element) for trigger in present.ends):
        yield Finding.of("EF-R043", place, element=element, before=before)


def _is_of_applicant(procedure: Procedure, element: str) -> bool:
    """Whether an element is done by somebody outside the office: a message that comes in, or a task of the applicant's role."""
    node = procedure.node(element)
    if node is None:
        return False
    if node.kind == "receiveTask":
        return True
    if node.event is not None:
        return node.kind not in {"endEvent", "intermediateThrowEvent"} and any(d.kind == "message" for d in node.event.definitions)
    link = procedure.link(element)
    own = {role.id: role for role in procedure.roles if role.is_applicant}
    if link is not None and link.role:
        return link.role in own
    lanes = {lane for role in own.values() for lane in (role.id, *role.lanes, *role.title.values())}
    return any(element in lane.nodes and ({lane.id, lane.name} & lanes) for lane in scope_of(procedure, node).content.lanes)


def _added(procedure: Procedure, operation: SetDeadline) -> Iterator[Finding]:
    element, place = f"deadlines.{operation.name}", operation.place
    if operation.amount is None or not operation.unit or not operation.ends:
        yield Finding.of("EF-R047", place, element=element)
    triggers = (*operation.ends, *([operation.starts] if operation.starts else []))
    known = {n.id for n in procedure.model.nodes()}
    for trigger in triggers:
        if trigger.element and trigger.element not in known:
            yield Finding.of("EF-R048", place, element=element, reference=trigger.element)


def _edits(spans: Spans, operation: SetDeadline) -> list[Splice]:
    wanted = {"amount": operation.amount, "unit": operation.unit, "on_expiry": operation.on_expiry}
    return [edit for key, value in wanted.items() if value for edit in spans.set(("deadlines", operation.name, key), value)]


def _entry(spans: Spans, operation: SetDeadline, change: Change) -> Splice:
    parts = [f"amount: {operation.amount}", f"unit: {scalar(operation.unit)}"]
    if operation.starts is not None:
        parts.append(f"starts: {_trigger(operation.starts)}")
    parts.append(f"ends: [{', '.join(_trigger(t) for t in operation.ends)}]")
    if operation.on_expiry:
        parts.append(f"on_expiry: {scalar(operation.on_expiry)}")
    parts.append(f"legal_basis: [{', '.join(scalar(b) for b in change.legal_basis)}]")
    return spans.add(("deadlines", operation.name), f"{{{', '.join(parts)}}}")


def _trigger(trigger: Trigger) -> str:
    return f"{{element: {scalar(trigger.element)}, on: {trigger.on}}}" if trigger.element else f"{{on: {trigger.on}}}"

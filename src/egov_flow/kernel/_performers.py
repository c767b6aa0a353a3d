# SPDX-License-Identifier: Apache-2.0
"""Who may do a task, where the diagram computes it from data (BPMN 2.0.2 §10.3.1, §10.3.4)."""

from __future__ import annotations

from egov_flow.bpmn import FlowNode, Formula
from egov_flow.feel import Expression
from egov_flow.kernel.slots import Slot, Source, expression, is_feel

__all__ = ["groups", "not_computed"]

PEOPLE_WORK = frozenset({"userTask", "manualTask"})
OTHER_LANGUAGES = ("${", "#{")
"""How an expression of another engine begins that says nothing of its language."""


def groups(source: Source, node: FlowNode) -> Slot[tuple[Expression, ...]]:
    """Return what computes the groups that may do a task; a role that procedure.yaml links comes first, so that nothing is computed then."""
    if source.link(node.id).role or node.kind not in PEOPLE_WORK:
        return Slot((), is_filled=False)
    slots = [expression(node, formula, "EF-K131", "EF-K088") for formula in _drawn(node) if _is_computed(formula)]
    found = tuple(slot.value for slot in slots if slot.value is not None)
    return Slot(found, tuple(f for slot in slots for f in slot.findings), is_filled=bool(slots))


def not_computed(node: FlowNode) -> list[str]:
    """Return the expressions about people that are not executed: of persons, of other languages, of a resourceRole, and of what is no task of people."""
    vendor = node.vendor
    persons = [text for text in (vendor.assignee, *vendor.candidate_users) if text.startswith(("=", *OTHER_LANGUAGES))]
    foreign = [text for text in vendor.candidate_groups if text.startswith(OTHER_LANGUAGES)]
    roles = [p.formula for p in node.performers if p.formula is not None and p.kind == "resourceRole"]
    left = [formula for formula in _drawn(node) if node.kind not in PEOPLE_WORK or not _is_computed(formula)]
    return [*persons, *foreign, *(formula.text for formula in (*roles, *left))]


def _drawn(node: FlowNode) -> list[Formula]:
    """Return what computes groups: the performers of the standard, and the candidate groups of Camunda 8."""
    drawn = [p.formula for p in node.performers if p.formula is not None and p.kind != "resourceRole"]
    return drawn + [Formula(text[1:], origin=node.origin) for text in node.vendor.candidate_groups if text.startswith("=")]


def _is_computed(formula: Formula) -> bool:
    return is_feel(formula.language) and not formula.text.strip().startswith(OTHER_LANGUAGES)

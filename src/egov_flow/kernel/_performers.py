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
    """Return the expressions about people that are not executed: those of vendors, of other languages, and of what is no task of people."""
    vendor = node.vendor
    named = (vendor.assignee, *vendor.candidate_groups, *vendor.candidate_users)
    others = [p.formula for p in node.performers if p.formula is not None and p.kind == "resourceRole"]
    others += [formula for formula in _drawn(node) if node.kind not in PEOPLE_WORK or not _is_computed(formula)]
    return [*(text for text in named if text.startswith(("=", *OTHER_LANGUAGES))), *(formula.text for formula in others)]


def _drawn(node: FlowNode) -> list[Formula]:
    return [p.formula for p in node.performers if p.formula is not None and p.kind != "resourceRole"]


def _is_computed(formula: Formula) -> bool:
    return is_feel(formula.language) and not formula.text.strip().startswith(OTHER_LANGUAGES)

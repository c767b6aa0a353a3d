# SPDX-License-Identifier: Apache-2.0
"""Who may do a task, where the diagram computes it from data (BPMN 2.0.2 §10.3.1, §10.3.4)."""

from __future__ import annotations

from egov_flow.bpmn import FlowNode, Formula, group_formulas
from egov_flow.feel import Expression
from egov_flow.kernel.slots import Slot, Source, expression

__all__ = ["groups", "not_computed"]

PEOPLE_WORK = frozenset({"userTask", "manualTask"})
EXPRESSION = ("=", "${", "#{")
"""How what a vendor's word says begins if it is an expression."""


def groups(source: Source, node: FlowNode) -> Slot[tuple[Expression, ...]]:
    """Return what computes the groups that may do a task; a role that procedure.yaml links comes first, so that nothing is computed then."""
    drawn = () if source.link(node.id).role else _computed(node)
    slots = [expression(node, formula, "EF-K131", "EF-K052") for formula in drawn]
    found = tuple(slot.value for slot in slots if slot.value is not None)
    return Slot(found, tuple(f for slot in slots for f in slot.findings), is_filled=bool(slots))


def not_computed(node: FlowNode) -> list[str]:
    """Return the expressions about people that are not executed: of persons, of other languages, of a resourceRole, and of what is no task of people."""
    vendor, computed = node.vendor, _computed(node)
    groups_left = [text for text in vendor.candidate_groups if not (text.startswith("=") and node.kind in PEOPLE_WORK)]
    said = [text for text in (vendor.assignee, *groups_left, *vendor.candidate_users) if text.startswith(EXPRESSION)]
    return said + [p.formula.text for p in node.performers if p.formula is not None and p.formula not in computed]


def _computed(node: FlowNode) -> tuple[Formula, ...]:
    return group_formulas(node) if node.kind in PEOPLE_WORK else ()

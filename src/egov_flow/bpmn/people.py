# SPDX-License-Identifier: Apache-2.0
"""Who may do an activity, where the diagram computes it (BPMN 2.0.2 §10.3.1, §10.3.4)."""

from __future__ import annotations

from egov_flow.bpmn.model import FlowNode, Formula

__all__ = ["group_formulas"]

JUEL = ("${", "#{")
"""How an expression of another engine begins that says nothing of its language."""


def group_formulas(node: FlowNode) -> tuple[Formula, ...]:
    """Return the FEEL that computes the groups that may do an activity: of its performers, and the candidate groups of Camunda 8.

    A mere resourceRole need not do the work.
    """
    performers = (p.formula for p in node.performers if p.formula is not None and p.kind != "resourceRole" and _is_feel(p.formula))
    candidates = (Formula(text[1:], origin=node.origin) for text in node.vendor.candidate_groups if text.startswith("="))
    return (*performers, *candidates)


def _is_feel(formula: Formula) -> bool:
    return formula.is_feel and not formula.text.strip().startswith(JUEL)

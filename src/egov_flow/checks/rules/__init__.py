# SPDX-License-Identifier: Apache-2.0
"""The rules, one per module, in the order of their codes."""

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules import (
    bases_known,
    data_declared,
    deadlines_have_a_basis,
    deadlines_name_elements,
    deadlines_verified,
    diagram_drawn,
    elements_drawn,
    ends_drawn,
    forms_exist,
    forms_used,
    gateways_needed,
    handlers_known,
    lanes_have_roles,
    links_fit,
    links_name_elements,
    milestones_name_elements,
    obligations_complete,
    obligations_name_elements,
    obligations_readable,
    roles_have_lanes,
    roles_known,
    tasks_named,
)

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    links_name_elements.RULE,
    links_fit.RULE,
    forms_exist.RULE,
    forms_used.RULE,
    roles_have_lanes.RULE,
    lanes_have_roles.RULE,
    roles_known.RULE,
    deadlines_have_a_basis.RULE,
    deadlines_verified.RULE,
    bases_known.RULE,
    deadlines_name_elements.RULE,
    obligations_name_elements.RULE,
    obligations_complete.RULE,
    obligations_readable.RULE,
    milestones_name_elements.RULE,
    data_declared.RULE,
    ends_drawn.RULE,
    gateways_needed.RULE,
    tasks_named.RULE,
    elements_drawn.RULE,
    diagram_drawn.RULE,
    handlers_known.RULE,
)

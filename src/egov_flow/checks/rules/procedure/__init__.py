# SPDX-License-Identifier: Apache-2.0
"""What procedure.yaml, obligations.yaml and the forms say of the diagram and of each other."""

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.procedure import (
    bases_known,
    data_declared,
    deadlines_have_a_basis,
    deadlines_name_elements,
    deadlines_verified,
    forms_exist,
    forms_used,
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
)

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    bases_known.RULE,
    data_declared.RULE,
    deadlines_have_a_basis.RULE,
    deadlines_name_elements.RULE,
    deadlines_verified.RULE,
    forms_exist.RULE,
    forms_used.RULE,
    handlers_known.RULE,
    lanes_have_roles.RULE,
    links_fit.RULE,
    links_name_elements.RULE,
    milestones_name_elements.RULE,
    obligations_complete.RULE,
    obligations_name_elements.RULE,
    obligations_readable.RULE,
    roles_have_lanes.RULE,
    roles_known.RULE,
)

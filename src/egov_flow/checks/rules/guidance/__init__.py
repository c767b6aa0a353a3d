# SPDX-License-Identifier: Apache-2.0
"""What makes a diagram easy to read; a diagram that breaks one of these is valid all the same."""

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.guidance import (
    diagram_drawn,
    elements_drawn,
    ends_drawn,
    gateways_needed,
    tasks_named,
)

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    diagram_drawn.RULE,
    elements_drawn.RULE,
    ends_drawn.RULE,
    gateways_needed.RULE,
    tasks_named.RULE,
)

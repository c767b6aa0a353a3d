# SPDX-License-Identifier: Apache-2.0
"""Expressions that are certainly wrong whatever a case holds, and gateways whose conditions overlap or leave a case out."""

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.expressions import (
    arguments_fit,
    arithmetic_fits,
    branches_apart,
    branches_complete,
    conditions_are_boolean,
    conditions_can_fail,
    conditions_can_hold,
    names_known,
    paths_exist,
    types_compare,
    values_listed,
)

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    arguments_fit.RULE,
    arithmetic_fits.RULE,
    branches_apart.RULE,
    branches_complete.RULE,
    conditions_are_boolean.RULE,
    conditions_can_fail.RULE,
    conditions_can_hold.RULE,
    names_known.RULE,
    paths_exist.RULE,
    types_compare.RULE,
    values_listed.RULE,
)

# SPDX-License-Identifier: Apache-2.0
"""The rules, one per module, in the order of their codes."""

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules import expressions, guidance, procedure, schema, specification

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = tuple(
    sorted((*expressions.RULES, *guidance.RULES, *procedure.RULES, *schema.RULES, *specification.RULES), key=lambda rule: rule.code)
)

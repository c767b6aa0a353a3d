# SPDX-License-Identifier: Apache-2.0
"""A condition gives true or false."""

from __future__ import annotations

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._slots import looking_for

__all__ = ["RULE"]

RULE = Rule(
    code="EF-C305",
    name="condition-is-boolean",
    family="procedure",
    severity="warning",
    why="A condition that is neither true nor false stops the case.",
    look=looking_for("EF-F105"),
    good=deciding("amount > 0"),
    bad=deciding("amount"),
)

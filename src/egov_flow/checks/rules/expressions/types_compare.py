# SPDX-License-Identifier: Apache-2.0
"""What is compared is of one type."""

from __future__ import annotations

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._slots import looking_for

__all__ = ["RULE"]

RULE = Rule(
    code="EF-C302",
    name="types-compare",
    family="procedure",
    severity="warning",
    why="A comparison of two types is null in every case, and a condition that is null stops the case.",
    look=looking_for("EF-F102"),
    good=deciding("amount > 1000"),
    bad=deciding('amount > "1000"'),
)

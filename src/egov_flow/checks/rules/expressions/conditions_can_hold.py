# SPDX-License-Identifier: Apache-2.0
"""A condition can hold."""

from __future__ import annotations

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._slots import looking_for

__all__ = ["RULE"]

RULE = Rule(
    code="EF-C308",
    name="condition-can-hold",
    family="procedure",
    severity="warning",
    why="A branch whose condition no case fulfills is never taken.",
    look=looking_for("EF-F108"),
    good=deciding('amount > 1000 and risk = "low"'),
    bad=deciding("amount < 0"),
)

# SPDX-License-Identifier: Apache-2.0
"""A condition can fail."""

from __future__ import annotations

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._slots import looking_for

__all__ = ["RULE"]

RULE = Rule(
    code="EF-C309",
    name="condition-can-fail",
    family="procedure",
    severity="warning",
    why="A condition that every case fulfills decides nothing, and the other branches are never taken.",
    look=looking_for("EF-F109"),
    good=deciding("amount > 0"),
    bad=deciding("amount >= 0"),
)

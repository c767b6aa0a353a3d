# SPDX-License-Identifier: Apache-2.0
"""Every name of an expression is a variable that the procedure knows."""

from __future__ import annotations

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._slots import looking_for

__all__ = ["RULE"]

RULE = Rule(
    code="EF-C301",
    name="name-known",
    family="procedure",
    severity="warning",
    why="A name that no form fills and nobody declares is null in every case: a typing error, or data that only a handler knows.",
    look=looking_for("EF-F101"),
    good=deciding("amount > 1000"),
    bad=deciding("amout > 1000"),
)

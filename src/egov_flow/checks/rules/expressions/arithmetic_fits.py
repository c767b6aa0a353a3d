# SPDX-License-Identifier: Apache-2.0
"""Arithmetic joins types that have it."""

from __future__ import annotations

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._slots import looking_for

__all__ = ["RULE"]

RULE = Rule(
    code="EF-C303",
    name="arithmetic-fits",
    family="procedure",
    severity="warning",
    why="Arithmetic on types that have none is null in every case.",
    look=looking_for("EF-F103"),
    good=deciding("amount + 10 > 1000"),
    bad=deciding('amount + "10" > 1000'),
)

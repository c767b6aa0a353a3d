# SPDX-License-Identifier: Apache-2.0
"""Arguments have the types that the function takes."""

from __future__ import annotations

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._slots import looking_for

__all__ = ["RULE"]

RULE = Rule(
    code="EF-C304",
    name="arguments-fit",
    family="procedure",
    severity="warning",
    why="A function is null in every case when an argument has the wrong type.",
    look=looking_for("EF-F104"),
    good=deciding("string length(applicant.name) > 3"),
    bad=deciding("string length(amount) > 3"),
)

# SPDX-License-Identifier: Apache-2.0
"""A path names what the value has."""

from __future__ import annotations

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._slots import looking_for

__all__ = ["RULE"]

RULE = Rule(
    code="EF-C306",
    name="path-exists",
    family="procedure",
    severity="warning",
    why="What a value has not is null in every case.",
    look=looking_for("EF-F106"),
    good=deciding("applicant.age > 17"),
    bad=deciding("applicant.agee > 17"),
)

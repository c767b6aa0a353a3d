# SPDX-License-Identifier: Apache-2.0
"""A value that is compared is one that the form offers."""

from __future__ import annotations

from egov_flow.checks.rule import Rule
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._slots import looking_for

__all__ = ["RULE"]

RULE = Rule(
    code="EF-C307",
    name="value-listed",
    family="procedure",
    severity="warning",
    why="A field that offers a list never holds another value, so that the branch is never taken.",
    look=looking_for("EF-F107"),
    good=deciding('risk = "high"'),
    bad=deciding('risk = "hihg"'),
)

# SPDX-License-Identifier: Apache-2.0
"""Rules over a procedure: what an analyst should know before anybody runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from egov_flow.checks.checking import check
from egov_flow.checks.example import Example
from egov_flow.checks.policy import Policy
from egov_flow.checks.rule import FAMILIES, Rule, Subject

if TYPE_CHECKING:
    from egov_flow.checks.rules import RULES

__all__ = ["FAMILIES", "RULES", "Example", "Policy", "Rule", "Subject", "check"]


def __getattr__(name: str) -> object:
    """Load the rules when somebody asks for them: they are some 250 modules, and whoever opens an Agency to complete a task needs none."""
    if name == "RULES":
        from egov_flow.checks.rules import RULES

        return RULES
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

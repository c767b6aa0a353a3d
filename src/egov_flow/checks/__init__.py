# SPDX-License-Identifier: Apache-2.0
"""Rules over a procedure: what an analyst should know before anybody runs it."""

from egov_flow.checks.checking import check
from egov_flow.checks.example import Example
from egov_flow.checks.policy import Policy
from egov_flow.checks.rule import FAMILIES, Rule, Subject
from egov_flow.checks.rules import RULES

__all__ = ["FAMILIES", "RULES", "Example", "Policy", "Rule", "Subject", "check"]

# SPDX-License-Identifier: Apache-2.0
"""A gateway without default flow has a way out for every case."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._gateways import deciding_gateways, told
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for decision in deciding_gateways(subject):
        if not decision.has_default and decision.found.gap is not None:
            yield rule.on(decision.gateway, example=told(decision.found.gap))


RULE = Rule(
    code="EF-C311",
    name="branches-complete",
    family="procedure",
    severity="warning",
    why="A case for which no condition holds stops at the gateway.",
    source="BPMN 2.0.2 §13.4.2",
    look=_look,
    good=deciding('risk = "low"', 'risk = "high"', has_default=False),
    bad=deciding("amount > 1000", "amount < 1000", has_default=False),
)

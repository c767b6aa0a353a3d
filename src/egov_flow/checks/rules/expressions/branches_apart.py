# SPDX-License-Identifier: Apache-2.0
"""Two ways out of an exclusive gateway are not open at once."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from egov_flow.checks.rule import Rule, Subject
from egov_flow.checks.rules.expressions._examples import deciding
from egov_flow.checks.rules.expressions._gateways import deciding_gateways, told
from egov_flow.errors import Finding

__all__ = ["RULE"]


def _look(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for decision in deciding_gateways(subject):
        if decision.gateway.kind != "exclusiveGateway":
            continue
        for first, second, witness in decision.found.overlaps:
            one, other = decision.flows[first], decision.flows[second]
            found = rule.on(decision.gateway, first=one.name or one.id, second=other.name or other.id, example=told(witness))
            yield attrs.evolve(found, related=(one.id, other.id))


RULE = Rule(
    code="EF-C310",
    name="branches-apart",
    family="procedure",
    severity="warning",
    why="Where two conditions hold, the flow that stands first in the file is taken; a reader of the diagram cannot see which that is.",
    source="BPMN 2.0.2 §13.4.2",
    look=_look,
    good=deciding("amount >= 1000", "amount < 1000", has_default=False),
    bad=deciding("amount >= 1000", "amount <= 1000", has_default=False),
)

# SPDX-License-Identifier: Apache-2.0
"""The conditions of a gateway side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import attrs

from egov_flow.bpmn import FlowNode, SequenceFlow
from egov_flow.checks.rule import Subject, contents
from egov_flow.checks.rules.expressions._slots import condition_of
from egov_flow.checks.rules.expressions._variables import known_variables
from egov_flow.data import Value
from egov_flow.errors import FeelError
from egov_flow.feel import Branches, Domain, branches, evaluate

__all__ = ["Deciding", "deciding_gateways", "told"]


@attrs.frozen
class Deciding:
    """A gateway, its conditional flows, whether a default flow takes what they leave, and what was found."""

    gateway: FlowNode
    flows: tuple[SequenceFlow, ...]
    has_default: bool
    found: Branches


def deciding_gateways(subject: Subject) -> Iterator[Deciding]:
    """Yield the exclusive and inclusive gateways with at least two conditions; one whose conditions do not parse is left out."""
    known = tuple(sorted(known_variables(subject.procedure).items()))
    for content in contents(subject.procedure):
        flows = {flow.id: flow for flow in content.flows}
        for node in content.nodes:
            if node.kind not in ("exclusiveGateway", "inclusiveGateway"):
                continue
            outgoing = [flows[f] for f in node.outgoing if f in flows and f != node.default]
            conditional = {flow.id: text for flow in outgoing if (text := condition_of(subject, flow)[0])}
            if len(conditional) < 2 or len(conditional) < len(outgoing):
                continue
            found = _found(tuple(conditional.values()), known)
            if found is not None:
                yield Deciding(node, tuple(flows[f] for f in conditional), node.default in node.outgoing, found)


@lru_cache(maxsize=1024)  # both rules about gateways ask the same
def _found(conditions: tuple[str, ...], known: tuple[tuple[str, Domain], ...]) -> Branches | None:
    try:
        return branches(conditions, dict(known))
    except FeelError:
        return None  # the kernel tells what is wrong with it


def told(witness: Mapping[str, Value]) -> str:
    """Return an example as a message shows it: `amount = 1000, risk = "low"`."""
    return ", ".join(f"{name} = {_written(value)}" for name, value in witness.items())


def _written(value: Value) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return "null" if value is None else str(evaluate("string(value)", {"value": value}))

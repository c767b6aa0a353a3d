# SPDX-License-Identifier: Apache-2.0
"""When a complex gateway is activated, as the diagram says it, and what is wrong with that (BPMN 2.0.2 §10.6.5)."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import FlowNode, SequenceFlow
from egov_flow.errors import Finding
from egov_flow.feel import Expression
from egov_flow.kernel.program import ACTIVATION_COUNT, WAITING_FOR_START, Joining
from egov_flow.kernel.slots import Slot, Source, condition, expression, finding

__all__ = ["activation", "joining", "reads_state", "twice"]

CLOCK = frozenset({"now", "today"})


def activation(node: FlowNode) -> Slot[Expression]:
    """Return the activation condition of a complex gateway; a slot that nothing fills and nothing misses if it only splits."""
    drawn = node.gateway.activation_condition if node.gateway is not None else None
    if drawn is not None and drawn.text.strip():
        return expression(node, drawn, "EF-K051", "EF-K052")
    missing = (finding("EF-K005", node, clause="BPMN 2.0.2 §10.6.5", count=len(node.incoming)),) if len(node.incoming) > 1 else ()
    return Slot(None, missing, is_filled=False)


def _waits(node: FlowNode) -> bool:
    slot = activation(node)
    return node.kind == "complexGateway" and bool(node.incoming) and (slot.is_filled or bool(slot.findings))


def joining(node: FlowNode) -> Joining | None:
    """Return when a complex gateway is activated; None if it only splits, as an inclusive gateway does, and for every other node."""
    if not _waits(node):
        return None
    found = activation(node).value
    return Joining(found, found is not None and _reads_only(found, {ACTIVATION_COUNT, *node.incoming}))


def reads_state(source: FlowNode, found: Expression | None) -> bool:
    """Return whether a condition looks at nothing but the state of the complex gateway that its flow leaves."""
    return source.kind == "complexGateway" and found is not None and _reads_only(found, {WAITING_FOR_START})


def _reads_only(found: Expression, names: set[str]) -> bool:
    """Return whether an expression looks at nothing but these names, so that it is certain even to whoever ignores data."""
    return found.names <= names and found.functions.isdisjoint(CLOCK)


def twice(source: Source, node: FlowNode, flow: SequenceFlow) -> Iterator[Finding]:
    """Note a condition at a complex gateway that does not ask whether the gateway starts or resets (BPMN 2.0.2 table 13.5)."""
    asked = condition(source, node, flow).value if flow.id != node.default and _waits(node) else None
    if asked is not None and WAITING_FOR_START not in asked.names:
        yield finding("EF-K091", flow, severity="warning", clause="BPMN 2.0.2 §13.4.5")

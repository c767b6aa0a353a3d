# SPDX-License-Identifier: Apache-2.0
"""What cannot stand together in one event with several definitions (BPMN 2.0.2 §10.5.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from egov_flow.bpmn import FlowNode
from egov_flow.errors import Finding
from egov_flow.kernel.slots import finding

__all__ = ["refused"]

THROWING = frozenset({"intermediateThrowEvent", "endEvent"})
ENDS = ("error", "cancel", "terminate")
"""What ends the scope of an end event, or the transaction around it."""
AT_ONCE = frozenset({"error", "escalation", "cancel"})
"""What takes effect as soon as it is thrown, so that it cannot wait for others."""


def refused(node: FlowNode, *, is_start_of_process: bool) -> Iterator[Finding]:
    """Yield what has no meaning beside the other definitions of an event."""
    event = node.event
    if event is None or len(event.definitions) < 2:
        return
    kinds = tuple(definition.kind for definition in event.definitions)
    alone = ("link",) if node.kind in THROWING else ("link", "compensate")
    for kind in dict.fromkeys(k for k in kinds if k in alone):
        yield finding("EF-K010", node, definition=kind, clause="BPMN 2.0.2 §10.5.5")
    if node.kind in THROWING:
        if event.is_parallel_multiple:
            yield finding("EF-K025", node, definition="parallel multiple", kind=node.kind, clause="BPMN 2.0.2 table 10.93")
        yield from _thrown(node, kinds)
        return
    if event.is_parallel_multiple:
        yield from _all_needed(node, kinds, is_start_of_process=is_start_of_process)
    names = Counter(d.name for d in event.definitions if d.kind == "message" and d.name)
    for name in (name for name, count in names.items() if count > 1):
        yield finding("EF-K097", node, message=name, clause="BPMN 2.0.2 §8.4.2")


def _thrown(node: FlowNode, kinds: tuple[str, ...]) -> Iterator[Finding]:
    ending = [kind for kind in kinds if kind in ENDS]
    if len(ending) > 1 or (ending and "compensate" in kinds):
        wrong = [*ending, *(["compensate"] if "compensate" in kinds else [])]
        yield finding("EF-K096", node, definitions=", ".join(wrong), clause="BPMN 2.0.2 §10.5.3")


def _all_needed(node: FlowNode, kinds: tuple[str, ...], *, is_start_of_process: bool) -> Iterator[Finding]:
    for kind in dict.fromkeys(k for k in kinds if k in AT_ONCE):
        yield finding("EF-K094", node, definition=kind, clause="BPMN 2.0.2 §10.5.6")
    if is_start_of_process and "message" not in kinds:
        yield finding("EF-K095", node, clause="BPMN 2.0.2 §10.5.2")

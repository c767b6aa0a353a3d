# SPDX-License-Identifier: Apache-2.0
"""What an ad-hoc sub-process says, and what is wrong with it (BPMN 2.0.2 §10.3.5)."""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import Content, FlowNode
from egov_flow.errors import Finding
from egov_flow.feel import Expression
from egov_flow.kernel.slots import Slot, expression, finding

__all__ = ["begun_by_people", "completion", "refused"]


def begun_by_people(content: Content) -> list[FlowNode]:
    """Return the activities of an ad-hoc sub-process that people begin: those without incoming flow."""
    return [n for n in content.nodes if _is_begun(n)]


def _is_begun(node: FlowNode) -> bool:
    activity = node.activity
    return activity is not None and not node.incoming and not activity.is_event_subprocess and not activity.is_for_compensation


def completion(node: FlowNode) -> Slot[Expression]:
    """Return the completion condition of an ad-hoc sub-process; a slot that nothing fills, which is noted, if people are to end it."""
    activity = node.activity
    if activity is None or activity.completion_condition is None or not activity.completion_condition.text.strip():
        return Slot(None, (finding("EF-K048", node, severity="info", clause="BPMN 2.0.2 §13.3.5"),), is_filled=False)
    found = expression(node, activity.completion_condition, "EF-K080", "EF-K052")
    return Slot(found.value, found.findings)


def refused(content: Content, owner: FlowNode) -> Iterator[Finding]:
    """Yield what may not stand in an ad-hoc sub-process, and one in which nothing can be begun."""
    for node in content.nodes:
        is_begun_otherwise = node.kind == "boundaryEvent" or node.activity is not None or node.incoming
        is_link = node.event is not None and any(d.kind == "link" for d in node.event.definitions)
        if node.kind in ("startEvent", "endEvent") or not (is_begun_otherwise or is_link):
            yield finding("EF-K049", node, clause="BPMN 2.0.2 §10.3.5")
    if not begun_by_people(content):
        yield finding("EF-K026", owner)

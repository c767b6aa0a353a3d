# SPDX-License-Identifier: Apache-2.0
"""Sub-processes that an error would leave with something done in them that can be compensated.

BPMN 2.0.2 §13.5.5.3 compensates it of itself, unless the sub-process has an error event sub-process, whose business it then is. The kernel does not do
that, so such a drawing is refused. A transaction is left without compensation by the standard itself (a hazard, §10.3.5).
"""

from __future__ import annotations

from collections.abc import Iterator

from egov_flow.bpmn import Content, FlowNode
from egov_flow.errors import Finding
from egov_flow.kernel._compensating import is_compensable_inside
from egov_flow.kernel._parts import Part, called_process
from egov_flow.kernel.slots import finding, is_job
from egov_flow.procedure import Procedure

__all__ = ["refused"]

ANY = ""


def refused(part: Part, procedure: Procedure) -> Iterator[Finding]:
    """Yield the catchers of errors in one process or sub-process before which something would have to be compensated."""
    content = part.content
    for node in content.nodes:
        host = _host(node, content)
        if host is not None:
            left = [host] if host.kind != "transaction" else []
        elif node.activity is not None and node.activity.is_event_subprocess:
            left = [n for n in content.nodes if _is_left_to(n, content, _started_by(node))]
        else:
            continue
        for code in _started_by(node) if host is None else _errors(node):
            lost = next((n for n in left if _loses(n, code, procedure)), None)
            if lost is not None:
                yield finding("EF-K089", node, clause="BPMN 2.0.2 §13.5.5.3", activity=lost.name or lost.id)


def _host(node: FlowNode, content: Content) -> FlowNode | None:
    """Return the activity on whose border an event catches errors; None for everything else."""
    if node.event is None or not node.event.attached_to or not _errors(node):
        return None
    return next((n for n in content.nodes if n.id == node.event.attached_to), None)


def _errors(node: FlowNode) -> tuple[str, ...]:
    definitions = node.event.definitions if node.event is not None else ()
    return tuple(d.name for d in definitions if d.kind == "error")


def _started_by(block: FlowNode) -> tuple[str, ...]:
    """Return the codes of the errors that begin an event sub-process."""
    inner = block.content.nodes if block.content is not None else ()
    return tuple(code for n in inner if n.kind == "startEvent" for code in _errors(n))


def _is_left_to(node: FlowNode, content: Content, codes: tuple[str, ...]) -> bool:
    """Return whether an error passes from an activity to the event sub-process beside it, not caught on the activity's own border."""
    if node.kind == "transaction" or (node.activity is not None and node.activity.is_event_subprocess):
        return False
    border = {c for n in content.nodes if _host(n, content) is node for c in _errors(n)}
    return ANY not in border and not border.issuperset(codes)


def _loses(node: FlowNode, code: str, procedure: Procedure) -> bool:
    """Return whether an error of that code (or any) can leave an activity in which something compensable may have been done."""
    process = called_process(procedure, node)
    content = process.content if process is not None else node.content
    if content is None or not is_compensable_inside(node, procedure, set()):
        return False
    handled = {c for n in content.nodes for c in _started_by(n) if n.activity is not None and n.activity.is_event_subprocess}
    return handled.isdisjoint({ANY, code}) and _may_fail(content, procedure, set())


def _may_fail(content: Content, procedure: Procedure, seen: set[str]) -> bool:
    """Return whether something in there may throw an error: an end event, or the handler of a job."""
    for node in content.nodes:
        process = called_process(procedure, node)
        if (node.kind == "endEvent" and _errors(node)) or is_job(node):
            return True
        inner = node.content if process is None else process.content if process.id not in seen else None
        if inner is not None and _may_fail(inner, procedure, seen | ({process.id} if process is not None else set())):
            return True
    return False

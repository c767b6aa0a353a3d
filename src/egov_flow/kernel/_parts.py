# SPDX-License-Identifier: Apache-2.0
"""The parts of a file that are executed: the process, what it calls, other pools in which a case may begin, and every sub-process inside them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from egov_flow.bpmn import Content, FlowNode, Process, RootElement
from egov_flow.kernel._positions import beginnings
from egov_flow.procedure import Procedure

__all__ = ["GLOBAL_TASKS", "Part", "called_process", "effective", "parts"]

GLOBAL_TASKS = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}
"""What a call of a global task does (BPMN 2.0.2 §10.3.6)."""
BEGINS = frozenset({"message", "signal", "timer", "conditional"})


@attrs.frozen(kw_only=True)
class Part:
    """A process (`owner` is None) or the inside of a sub-process; `is_pool`: a case may begin in it."""

    id: str
    content: Content
    process: Process
    owner: FlowNode | None = None
    is_pool: bool = False


def parts(procedure: Procedure) -> tuple[Part, ...]:
    """Return the parts of a procedure: the process first, outer before inner."""
    main = procedure.process
    if main is None:
        return ()
    pools = [main, *(p for p in procedure.model.processes if p.id != main.id and _begins(p))]
    found: dict[str, list[Part]] = {}
    todo = list(reversed(pools))
    while todo:
        process = todo.pop()
        if process.id in found:
            continue
        found[process.id] = list(_inside(process, is_pool=process in pools))
        nodes = [node for part in found[process.id] for node in part.content.nodes]
        todo += [p for p in (called_process(procedure, node) for node in reversed(nodes)) if p is not None]
    return tuple(part for inside in found.values() for part in inside)


def _begins(process: Process) -> bool:
    """Return whether a case may begin in a pool beside the process: it is executable, and something that happens starts it."""
    found = beginnings(process.content)
    kinds = {d.kind for node in found if node.event is not None for d in node.event.definitions}
    return process.is_executable is True and (not kinds.isdisjoint(BEGINS) or any(node.kind == "receiveTask" for node in found))


def _inside(process: Process, *, is_pool: bool) -> Iterator[Part]:
    todo = [Part(id=process.id, content=process.content, process=process, is_pool=is_pool)]
    while todo:
        part = todo.pop()
        yield part
        inner = [n for n in reversed(part.content.nodes) if n.content is not None]
        todo += [Part(id=n.id, content=n.content, process=process, owner=n) for n in inner if n.content is not None]


def called_process(procedure: Procedure, node: FlowNode) -> Process | None:
    """Return the process of the same file that a call activity calls."""
    if node.kind != "callActivity" or node.activity is None:
        return None
    return procedure.model.process(node.activity.called)


def effective(procedure: Procedure, node: FlowNode) -> FlowNode:
    """Return a node as it is executed: a call of a global task is that task, with what the call itself adds."""
    if node.kind != "callActivity" or node.activity is None:
        return node
    root = next((r for r in procedure.model.roots if r.id == node.activity.called and r.kind in GLOBAL_TASKS), None)
    return node if root is None else _as_task(node, root)


def _as_task(node: FlowNode, root: RootElement) -> FlowNode:
    activity = node.activity
    if activity is None:
        return node
    vendor = attrs.evolve(
        node.vendor,
        handler=node.vendor.handler or root.vendor.handler,
        decision=node.vendor.decision or root.vendor.decision,
        result_variable=node.vendor.result_variable or root.vendor.result_variable,
        unread=tuple(dict.fromkeys((*node.vendor.unread, *root.vendor.unread))),
    )
    return attrs.evolve(
        node,
        kind=GLOBAL_TASKS[root.kind],
        vendor=vendor,
        activity=attrs.evolve(activity, script=root.script, script_format=root.script_format),
    )

# SPDX-License-Identifier: Apache-2.0
"""Timers that begin cases: which of a process's timer start events are due (BPMN 2.0.2 §10.5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import attrs

from egov_flow.kernel.program import DEFAULT_LIMITS, Node, Program
from egov_flow.kernel.run import Fault, Run
from egov_flow.kernel.state import ROOT, Scope
from egov_flow.kernel.waiting import plan, tick

__all__ = ["Tick", "due_starts"]


@attrs.frozen
class Tick:
    """A timer start event whose time has come; `number` counts its ticks, so that each begins one case at most. `part`: of which of its times."""

    element: str
    number: int
    part: int = 0


def due_starts(program: Program, since: datetime, now: datetime) -> tuple[Tick, ...]:
    """Return, for each timer start event, its newest tick after `since` (when the version was deployed) that is due; earlier ones were missed."""
    nodes = (program.nodes[index] for index in program.entries.values())
    return tuple(t for node in nodes if _begins_by_time(node) for t in _due(program, node, since, now))


def _begins_by_time(node: Node) -> bool:
    """Return whether a time begins a case; one among others that must all come is awaited in the case that a message began."""
    return node.trigger is not None and not node.needs_all and any(part.kind == "timer" for part in node.trigger.each)


def _due(program: Program, node: Node, since: datetime, now: datetime) -> Iterator[Tick]:
    run = Run.of(program, None, since, DEFAULT_LIMITS, None)
    run.scopes[ROOT] = Scope(ROOT, node.block)
    try:
        waits = plan(run, ROOT, node)
    except Fault:
        return  # no time at this moment; one that never is any was refused (EF-K090)
    for wait in waits:
        if wait.due is not None and wait.due <= now:
            _, missed = tick(Run.of(program, None, now, DEFAULT_LIMITS, None), wait)
            yield Tick(node.id, wait.tick + missed, wait.part)

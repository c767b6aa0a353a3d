# SPDX-License-Identifier: Apache-2.0
"""The models M1 to M5 that the kernel and stock SpiffWorkflow are measured on, side by side in one process.

They lie in `bench/models/spiff` beside the repository (or where EGOV_BENCH_MODELS says) and are not part of it. Their scripts are Python assignments,
`x = 1 + 1`; for the kernel each becomes the FEEL context `{x: 1 + 1}`, and nothing else is changed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from egov_flow import kernel
from egov_flow.data import Context, freeze
from egov_flow.procedure import read_files
from egov_flow.values import Command

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
FOLDER = Path(os.environ.get("EGOV_BENCH_MODELS") or Path(__file__).resolve().parents[2] / "shared" / "bench" / "models") / "spiff"
ITEMS, ROUNDS = 100, 200
DATA: dict[str, dict[str, Any]] = {"M1": {}, "M2": {"amount": 200}, "M3": {"limit": ROUNDS}, "M4": {"items": list(range(ITEMS))}, "M5": {}}
RESULT: dict[str, dict[str, Any]] = {"M4": {"result": 1}}
ASSIGNMENT = re.compile(r"<bpmn:script>(\w+) = (.*?)</bpmn:script>")

Runner = Callable[[], int]
"""Runs one case to its end and returns how many steps a person did."""


def program_of(name: str) -> kernel.Program:
    """Return the kernel's program of a model."""
    xml = ASSIGNMENT.sub(r"<bpmn:script>{\1: \2}</bpmn:script>", (FOLDER / f"{name}.bpmn").read_text("utf-8"))
    return kernel.compile(read_files([("process.bpmn", xml.encode())], name))


def on_kernel(name: str) -> Runner:
    """Return what runs one case on the kernel: events for the audit trail, limits and frozen data on."""
    program, start = program_of(name), Command(kind="start", data=freeze(DATA[name]))
    result = freeze(RESULT.get(name, {}))

    def run() -> int:
        return sum(1 for _ in states(program, start, result)) - 1

    return run


def states(program: kernel.Program, start: Command, result: Context) -> Iterator[kernel.State]:
    """Yield the states of a case that a person works through, oldest task first."""
    step = kernel.step(program, None, start, NOW)
    yield step.state
    todo = [change.token for change in step.work]
    for token in todo:
        step = kernel.step(program, step.state, Command(kind="complete", target=str(token), data=result), NOW)
        yield step.state
        todo.extend(change.token for change in step.work if change.change == "opened")
    if step.status != "completed":
        raise AssertionError(f"{program.process} ended as {step.status}")


def on_spiffworkflow(name: str) -> Runner:
    """Return what runs one case on stock SpiffWorkflow."""
    from SpiffWorkflow import TaskState
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

    parser = BpmnParser()
    parser.add_bpmn_file(str(FOLDER / f"{name}.bpmn"))
    spec, inner = parser.get_spec(name), parser.get_subprocess_specs(name)

    def run() -> int:
        workflow, human = BpmnWorkflow(spec, inner), 0
        workflow.get_next_task(state=TaskState.READY).data.update(DATA[name])
        workflow.do_engine_steps()
        while not workflow.is_completed():
            task = workflow.get_next_task(state=TaskState.READY, manual=True)
            task.data.update(RESULT.get(name, {}))
            task.run()
            workflow.do_engine_steps()
            human += 1
        return human

    return run

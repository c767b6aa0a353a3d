# SPDX-License-Identifier: Apache-2.0
"""The kernel and stock SpiffWorkflow on the same models, in the same process, in alternating rounds: only their ratio means something.

SpiffWorkflow copies the data for each task and keeps every task of a case; the kernel does neither. Neither stores anything here.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree
from models import FEEL, PYTHON, m1, m2
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "src"))

from egov_flow import kernel
from egov_flow.data import freeze
from egov_flow.procedure import read_files
from egov_flow.values import Command

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
ROUNDS, CASES = 15, 40
AMOUNT = 40

Runner = Callable[[], int]
"""Runs one case to its end and returns how many steps a person did."""


def on_kernel(source: bytes) -> Runner:
    """Return what runs one case on the kernel."""
    program = kernel.compile(read_files([("process.bpmn", source)], "bench"))
    start, done = Command(kind="start", data=freeze({"amount": AMOUNT})), freeze({"done": True})

    def run() -> int:
        step, human = kernel.step(program, None, start, NOW), 0
        while step.status == "running":
            complete = Command(kind="complete", target=str(step.work[-1].token), data=done)
            step, human = kernel.step(program, step.state, complete, NOW), human + 1
        return human

    return run


def on_spiffworkflow(source: bytes) -> Runner:
    """Return what runs one case on stock SpiffWorkflow."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(source))
    spec = parser.get_spec("P")

    def run() -> int:
        workflow, human = BpmnWorkflow(spec), 0
        workflow.get_next_task(state=TaskState.READY).data["amount"] = AMOUNT
        workflow.do_engine_steps()
        while not workflow.is_completed():
            task = workflow.get_next_task(state=TaskState.READY, manual=True)
            task.data["done"] = True
            task.run()
            workflow.do_engine_steps()
            human += 1
        return human

    return run


def figures() -> Iterator[str]:
    """Yield the lines of each model: what a case costs on both, and the ratio."""
    for name, model, human in (("m1", m1, 0), ("m2", m2, 4)):
        ours, theirs = on_kernel(model(FEEL)), on_spiffworkflow(model(PYTHON))
        if (ours(), theirs()) != (human, human):
            raise AssertionError(f"{name}: the engines did not do the same")
        rounds = [(_milliseconds(ours), _milliseconds(theirs)) for _ in range(ROUNDS)]
        yield f"spiffworkflow.{name}_case_milliseconds: {statistics.median(b for _, b in rounds):.4g} ms"
        yield f"spiffworkflow.{name}_kernel_case_milliseconds: {statistics.median(a for a, _ in rounds):.4g} ms"
        yield f"spiffworkflow.{name}_cost_ratio_vs_kernel: {statistics.median(b / a for a, b in rounds):.4g} ratio"


def _milliseconds(run: Runner) -> float:
    start = time.perf_counter()
    for _ in range(CASES):
        run()
    return (time.perf_counter() - start) * 1000 / CASES

# SPDX-License-Identifier: Apache-2.0
"""Stock SpiffWorkflow in memory on our fixtures: one linear case, and what a round of a loop costs late in a case against early.

Conditions are rewritten from FEEL to the Python that SpiffWorkflow evaluates. More than 200 rounds are not measured: version 3.2.0 stops
at 1,000 tasks of one case without a word. Then the kernel beside it (ratio.py).
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import ratio
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

FIXTURES = Path(__file__).resolve().parents[3] / "tests" / "fixtures" / "bpmn"
CASES, EARLY, LATE = 200, 20, 200


def read(name: str) -> object:
    """Return the parsed process of a fixture."""
    text = (FIXTURES / f"{name}.bpmn").read_text("utf-8").replace("complete = false", "complete == False")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "process.bpmn").write_text(text, "utf-8")
        parser = BpmnParser()
        parser.add_bpmn_file(str(Path(folder) / "process.bpmn"))
        return parser.get_spec(name)


def run_linear(spec: object) -> float:
    """Return the milliseconds of one case from start to end."""
    start = time.perf_counter()
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    while not workflow.is_completed():
        workflow.get_next_task(state=TaskState.READY, manual=True).run()
        workflow.do_engine_steps()
    return (time.perf_counter() - start) * 1000


def loop_rounds(spec: object, rounds: int) -> list[float]:
    """Return the milliseconds of each round of a case that supplements its documents again and again."""
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    costs = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in ("check", "supplement"):
            task = workflow.get_next_task(state=TaskState.READY, manual=True)
            task.data["complete"] = False
            task.run()
            workflow.do_engine_steps()
        costs.append((time.perf_counter() - start) * 1000)
    return costs


def main() -> None:
    """Print the figures."""
    linear = read("linear")
    print(f"spiffworkflow.linear_case_milliseconds: {statistics.median(run_linear(linear) for _ in range(CASES)):.4g} ms")
    costs = loop_rounds(read("loop"), LATE)
    early, late = statistics.median(costs[:EARLY]), statistics.median(costs[-EARLY:])
    print(f"spiffworkflow.loop_round_milliseconds: {early:.4g} ms")
    print(f"spiffworkflow.loop_cost_ratio_{LATE}_vs_{EARLY}: {late / early:.4g} ratio")
    for line in ratio.figures():
        print(line)


main()

# SPDX-License-Identifier: Apache-2.0
"""The kernel in memory: what a step costs, and that a loop costs the same per round however long it has run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from tests.corners.corner import played
from tests.corners.test_corners import CASES

from benchmarks.figure import Figure
from egov_flow import kernel
from egov_flow.data import Context, freeze
from egov_flow.procedure import read_files
from egov_flow.values import Command

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
AMPLE = kernel.Limits(fuel=10_000_000)
ROUNDS = 7


def program_of(body: str) -> kernel.Program:
    """Return the program of the inside of a process."""
    head = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="Definitions" targetNamespace="bench"'
    xml = f'<definitions {head}><process id="P" isExecutable="true">{body}</process></definitions>'
    return kernel.compile(read_files([("process.bpmn", xml.encode())], "bench"))


def flow(source: str, target: str, condition: str = "") -> str:
    """Return a sequence flow."""
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def script_loop() -> kernel.Program:
    """Return a loop that runs inside one step."""
    return program_of(
        '<startEvent id="s"/><exclusiveGateway id="m"/><scriptTask id="count"><script>{i: i + 1}</script></scriptTask>'
        '<exclusiveGateway id="again" default="again_e"/><endEvent id="e"/>'
        + flow("s", "m")
        + flow("m", "count")
        + flow("count", "again")
        + flow("again", "m", "i &lt; n")
        + flow("again", "e")
    )


def task_loop() -> kernel.Program:
    """Return a loop through a user task: one step for each round."""
    return program_of(
        '<startEvent id="s"/><exclusiveGateway id="m"/><userTask id="a"/><exclusiveGateway id="again" default="again_m"/><endEvent id="e"/>'
        + flow("s", "m")
        + flow("m", "a")
        + flow("a", "again")
        + flow("again", "e", "done")
        + flow("again", "m")
    )


def files() -> kernel.Program:
    """Return M2, an officer's file: a decision, then two checks at once; five steps."""
    tasks = "".join(f'<userTask id="{name}"/>' for name in ("u1", "u2a", "u2b", "u3", "u4"))
    gateways = '<exclusiveGateway id="x" default="x_u2b"/><exclusiveGateway id="m"/><parallelGateway id="f"/><parallelGateway id="j"/>'
    pairs = ("s u1", "u1 x", "x u2b", "u2a m", "u2b m", "m f", "f u3", "f u4", "u3 j", "u4 j", "j e")
    flows = "".join(flow(*pair.split()) for pair in pairs) + flow("x", "u2a", "amount &gt; 100")
    return program_of(f'<startEvent id="s"/><endEvent id="e"/>{tasks}{gateways}{flows}')


def seconds(run: Callable[[], object]) -> float:
    """Return how long a call takes."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def loop_in_one_step(program: kernel.Program, rounds: int) -> float:
    """Return the seconds of a loop of so many rounds that runs inside one step."""
    start = Command(kind="start", data=freeze({"i": 0, "n": rounds}))
    return seconds(lambda: kernel.step(program, None, start, NOW, limits=AMPLE))


def loop_of_steps(program: kernel.Program, rounds: int) -> float:
    """Return the seconds of the last 100 of so many rounds, where what grows with a case's history would show."""
    state = kernel.step(program, None, Command(kind="start", data=freeze({"done": False})), NOW).state
    spent = 0.0
    for number in range(rounds):
        command = Command(kind="complete", target=str(kernel.resting(program, state, "work")[0].token), data=Context(round=freeze(number)))
        begin = time.perf_counter()
        state = kernel.step(program, state, command, NOW).state
        spent += time.perf_counter() - begin if number >= rounds - 100 else 0.0
    return spent


def ratio(measure: Callable[[kernel.Program, int], float], program: kernel.Program, *, whole: bool) -> float:
    """Return how much more a round costs in a loop of 10,000 than in one of 100.

    Short and long loops take turns with as many rounds measured, so that other work on the machine slows both; `whole` says that all rounds count.
    """
    measure(program, 1000)
    ratios = []
    for _ in range(ROUNDS):
        short = sum(measure(program, 100) for _ in range(100 if whole else 20)) / (100 if whole else 20)
        long = measure(program, 10_000) / (100 if whole else 1)
        ratios.append(long / short)
    return statistics.median(ratios)


def step_of_a_file() -> tuple[float, int]:
    """Return the seconds per step of M2 and the greatest size of its state in bytes."""
    program, state, commands, sizes = files(), None, [Command(kind="start", data=freeze({"amount": 200}))], []
    while state is None or state.status == "running":
        state = kernel.step(program, state, commands[-1], NOW).state
        marking = kernel.dump(program, state)
        sizes.append(len(marking.clear) + len(marking.secret))
        commands += [Command(kind="complete", target=str(r.token)) for r in kernel.resting(program, state, "work")[:1]]

    def once() -> None:
        state = None
        for command in commands:
            state = kernel.step(program, state, command, NOW).state

    times = [seconds(lambda: [once() for _ in range(200)]) for _ in range(ROUNDS)]
    return statistics.median(times) / 200 / len(commands), max(sizes)


def step_cost_ratio() -> float:
    """Return how much more a round costs in a loop of 5,000 than in one of 100; the same work is measured of both, taking turns."""
    program = script_loop()
    loop_in_one_step(program, 1000)
    rounds = []
    for _ in range(ROUNDS):
        short = sum(loop_in_one_step(program, 100) for _ in range(50)) / 50
        rounds.append(loop_in_one_step(program, 5_000) / 50 / short)
    return statistics.median(rounds)


def corner_cases_passed() -> int:
    """Return how many corner cases run to the trace that their clause demands."""
    return sum(played(case) == case.trace for case in CASES)


def figures() -> Iterator[Figure]:
    """Yield the kernel's figures."""
    yield Figure("kernel.corner_cases_passed", corner_cases_passed(), f"of {len(CASES)}")
    yield Figure("kernel.step_cost_ratio_5000_vs_100", round(step_cost_ratio(), 3), "times")
    yield Figure("kernel.loop_cost_ratio_10000_vs_100", round(ratio(loop_in_one_step, script_loop(), whole=True), 3), "times")
    yield Figure("kernel.task_loop_cost_ratio_10000_vs_100", round(ratio(loop_of_steps, task_loop(), whole=False), 3), "times")
    per_step, size = step_of_a_file()
    yield Figure("kernel.M2_step_us", round(per_step * 1e6, 1), "µs")
    yield Figure("kernel.state_bytes.M2", size, "bytes")

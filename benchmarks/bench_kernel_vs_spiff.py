# SPDX-License-Identifier: Apache-2.0
"""The kernel and stock SpiffWorkflow on M1 to M5, in one process and in alternating rounds: only the ratio means something.

SpiffWorkflow copies the data for each task and keeps every task of a case; the kernel does neither. Neither stores anything here.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.kernel_models import DATA, FOLDER, Runner, on_kernel, on_spiffworkflow

ROUNDS = 5
CASES = {"M1": (200, 20), "M2": (100, 10), "M3": (20, 1), "M4": (10, 1), "M5": (20, 1)}
"""How many cases one round runs on each engine."""


def figures() -> Iterator[Figure]:
    """Yield how many times faster a case is on the kernel: the median of the rounds."""
    if not FOLDER.is_dir():
        print(f"kernel.vs_spiff: the models are not in {FOLDER}", file=sys.stderr)
        return
    for name in DATA:
        ours, theirs = on_kernel(name), on_spiffworkflow(name)
        if ours() != theirs():
            raise AssertionError(f"{name}: the engines did not do the same")
        few, fewer = CASES[name]
        rounds = [(_seconds(ours, few), _seconds(theirs, fewer)) for _ in range(ROUNDS)]
        yield Figure(f"kernel.{name}_case_us", statistics.median(a for a, _ in rounds) * 1e6, "µs")
        yield Figure(f"kernel.vs_spiff.{name}", statistics.median(b / a for a, b in rounds), "times")


def _seconds(run: Runner, cases: int) -> float:
    """Return the seconds of one case."""
    start = time.perf_counter()
    for _ in range(cases):
        run()
    return (time.perf_counter() - start) / cases

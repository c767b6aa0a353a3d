# SPDX-License-Identifier: Apache-2.0
"""DBOS: milliseconds per durable step of a workflow of five steps, on SQLite."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from dbos import DBOS

WORKFLOWS, STEPS = 60, 5


@DBOS.step()
def step(number: int) -> int:
    """Do as little as a step can."""
    return number + 1


@DBOS.workflow()
def five_steps() -> int:
    """Do five steps in a row."""
    number = 0
    for _ in range(STEPS):
        number = step(number)
    return number


def main() -> None:
    """Print the figure."""
    with tempfile.TemporaryDirectory() as folder:
        DBOS(
            config={
                "name": "measure",
                "system_database_url": f"sqlite:///{Path(folder) / 'dbos.sqlite'}",
                "log_level": "ERROR",
                "run_admin_server": False,
            }
        )
        DBOS.launch()
        for _ in range(5):
            five_steps()
        times = []
        for _ in range(WORKFLOWS):
            begin = time.perf_counter()
            five_steps()
            times.append((time.perf_counter() - begin) / STEPS * 1000)
        DBOS.destroy()
    print(f"dbos.step_milliseconds: {statistics.median(times):.4g} ms")


main()

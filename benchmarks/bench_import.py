# SPDX-License-Identifier: Apache-2.0
"""What `import egov_flow` costs in a fresh interpreter, beyond the interpreter's own start."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.figure import Figure

RUNS = 7
# Measured inside the new interpreter: its own start is not ours to answer for, and varies more than what is measured.
SCRIPT = "import time; start = time.perf_counter(); import {module}; print((time.perf_counter() - start) * 1000)"


def figures() -> Iterator[Figure]:
    """Give the median of seven imports, of the package and of the package with its agency."""
    yield Figure("import.milliseconds", _median("egov_flow"), "ms")
    yield Figure("import.agency_milliseconds", _median("egov_flow.agency"), "ms")


def _median(module: str) -> float:
    command = [sys.executable, "-c", SCRIPT.format(module=module)]
    return statistics.median(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(RUNS))

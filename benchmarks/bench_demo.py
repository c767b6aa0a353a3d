# SPDX-License-Identifier: Apache-2.0
"""How long the story of `make demo` takes, from the command to its report."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure


def figures() -> Iterator[Figure]:
    """Give the seconds of one run in an empty folder."""
    command = Path(sys.executable).parent / "egov-flow"
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run([command, "demo"], cwd=folder, stdout=subprocess.DEVNULL, check=True)
        yield Figure("demo.seconds", time.perf_counter() - start, "s")

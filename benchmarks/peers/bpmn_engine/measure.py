# SPDX-License-Identifier: Apache-2.0
"""bpmn-engine (npm) on M2: milliseconds per durable human step. Its state is taken, written to a file, synced, read and recovered with each step."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLACE = Path(sys.prefix) / "npm"
MODEL = HERE.parents[1] / "models" / "M2.bpmn"
VERSION = "25.0.1"


def main() -> None:
    """Install the engine once, and print the figure."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise SystemExit("bpmn_engine needs node and npm")
    if not (PLACE / "node_modules" / "bpmn-engine").exists():
        PLACE.mkdir(exist_ok=True)
        subprocess.run([npm, "install", "--silent", "--prefix", PLACE, f"bpmn-engine@{VERSION}"], check=True, stdout=subprocess.DEVNULL)
    shutil.copy(HERE / "durable.cjs", PLACE)
    subprocess.run([node, PLACE / "durable.cjs", MODEL], check=True)


main()
